import Terminal

/// The keys of the form.
extension ProfileForm {
  enum Outcome: Equatable {
    case none
    case save
    case test
    case leave
  }

  mutating func handle(_ key: Key) -> Outcome {
    notice = nil
    let before = focus
    defer {
      settle()
      if focus != before { left.insert(before) }
    }
    switch ProfileCommand(key) {
    case .save: return prevented() ? .none : .save
    case .test: return prevented(onlyFor: [.url]) ? .none : .test
    case .leave: return .leave
    case .nextField: step(by: 1)
    case .previousField: step(by: -1)
    case .undo, .redo, nil: handleField(key)
    }
    return .none
  }

  /// Goes to the first problem, if there is one.
  private mutating func prevented(onlyFor fields: [ProfileField]? = nil) -> Bool {
    let problem = checks.first { $0.isProblem && (fields?.contains($0.field) ?? true) }
    guard let problem else { return false }
    left.formUnion(fields ?? ProfileField.allCases)
    focus = problem.field
    notice = problem
    return true
  }

  private mutating func handleField(_ key: Key) {
    if case .mouse(let event) = key { return handle(event) }
    guard focus.isTyped else { return choose(by: key) }
    guard !self[focus].handle(key, page: 4) else { return }
    stepRow(key)
  }

  private mutating func choose(by key: Key) {
    let count = focus.choices.count
    switch key {
    case .character(" "): choose((choice(focus) + 1) % count, in: focus)
    case .right: choose(min(choice(focus) + 1, count - 1), in: focus)
    case .left: choose(max(choice(focus) - 1, 0), in: focus)
    default: stepRow(key)
    }
  }

  private mutating func stepRow(_ key: Key) {
    switch key {
    case .enter, .down: step(by: 1)
    case .up: step(by: -1)
    default: break
    }
  }

  private mutating func step(by count: Int) {
    focus = fields.stepped(from: focus, by: count)
  }

  private mutating func handle(_ event: MouseEvent) {
    switch event.action {
    case .wheelUp: step(by: -1)
    case .wheelDown: step(by: 1)
    case .press(.left):
      guard let (field, place) = layout(in: area).first(where: { $0.place.contains(event.point) }) else { return }
      focus = field
      if field.isTyped {
        self[field].move(to: event.point, in: place)
      } else {
        let row = ChoiceRow(field.choices, columns: place.columns)
        choose(row.index(at: event.point.column - place.column), in: field)
      }
    default: break
    }
  }
}
