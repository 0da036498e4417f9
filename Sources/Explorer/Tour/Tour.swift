import Terminal

/// The guided tour of the demo: one step at a time, below the panes, until the person has done it.
struct Tour: Equatable {
  private(set) var step = TourStep.tree
  /// What was there when the step was first seen, or the one before it was done: who is quick need not wait for the words.
  private var beginning: TourBeginning?
  /// When the step was done, by the monotonic clock; the next one comes a moment later.
  private(set) var doneAt: Int64?
  private(set) var isOver = false

  /// Rows of a screen that has some to give.
  static let leastRows = 20
  /// A lower screen has a row to say so, unless it is lower still.
  private static let leastRowsForWords = 8
  private static let leastColumnsForTitle = 70
  /// The praise stands so long, in nanoseconds.
  private static let moment: Int64 = 1_500_000_000

  /// What is said once it is over; in a form F2 sends.
  static func closing(inForm isInForm: Bool) -> String {
    isInForm
      ? "That was the tour; after Esc, F2 begins it again."
      : "That was the tour; F2 begins it again. For your broker: mqttscope URL"
  }

  /// What is left of a screen for everything else.
  static func room(in size: Size) -> Size {
    switch size.rows {
    case leastRows...: Size(columns: size.columns, rows: size.rows - rows(columns: size.columns))
    case leastRowsForWords...: Size(columns: size.columns, rows: size.rows - 1)
    default: size
    }
  }

  /// Rows for the longest step, so that nothing moves from one to the next, and its frame.
  private static func rows(columns: Int) -> Int {
    2 + (TourStep.allCases.map { Words.wrapped($0.words, columns: max(8, columns - 4)).count }.max() ?? 0)
  }

  /// Notices what the person has done.
  mutating func look(at model: borrowing Model) {
    let start = beginning ?? TourBeginning(in: model)
    beginning = start
    if let doneAt {
      if model.now.monotonic - doneAt >= Self.moment { skip() }
    } else if step.isDone(in: model, since: start) {
      doneAt = model.now.monotonic
      beginning = TourBeginning(in: model)
    }
  }

  /// To the next step, done or not.
  mutating func skip() {
    if doneAt == nil { beginning = nil }
    doneAt = nil
    guard let next = TourStep(rawValue: step.rawValue + 1) else {
      end()
      return
    }
    step = next
  }

  /// The person has had enough, or has done it all.
  mutating func end() { isOver = true }

  /// - Parameter isBelowForm: whether F2 is the key of a form.
  func draw(into frame: inout Frame, in place: Rect, isBelowForm: Bool) {
    guard place.size.rows > 1 else {
      let sentence = "Tour: needs \(Self.leastRows) rows · F3 ends it"
      frame.writeParagraph(sentence, in: place, Style(.warning, on: .panel))
      return
    }
    let isNarrow = place.size.columns < Self.leastColumnsForTitle
    let count = "Tour, \(step.rawValue + 1) of \(TourStep.allCases.count)"
    let keys = (isBelowForm ? "F2 sends · F3 end" : "F2 next · F3 end") + (isNarrow ? "" : " the tour")
    frame.box(place, title: isNarrow ? count : "\(count): \(step.title)", note: keys, isFocused: true)
    let inside = place.inside.inset(columns: 1, rows: 0)
    guard doneAt == nil else {
      frame.writeParagraph("✓ " + step.praise, in: inside, Style(.success, on: .panel, .bold))
      return
    }
    frame.writeParagraph(step.words, in: inside, Style(.text, on: .panel))
  }
}
