import Terminal

/// The connection screen: all profiles and open brokers, and above them the form of one, a question, or a trial.
///
/// A value without I/O: the workspace gives it the rows, and carries out what it asks for.
struct ConnectionScreen: Equatable, Sendable {
  private(set) var table = ProfileTable()
  /// Seconds since 1970, by the profile's name.
  var lastUsed: [String: Int64] = [:]
  /// The file that the profiles are in; nil when the environment names no place for it.
  let path: String?
  private(set) var line = 0
  var stage = Stage.list
  var trial: Trial?
  var notice: Notice?
  /// The monotonic time of the last key.
  private var now: Int64 = 0
  /// The whole screen; the host sets it, so that scrolling and the mouse fit.
  var area = Rect(column: 0, row: 0, columns: 80, rows: 24) { didSet { layOut() } }
  /// What was left unsaved in a form, by the name of the profile; a new one has none.
  private var drafts: [String?: ProfileForm] = [:]

  /// What has the keys; a trial is above it.
  enum Stage: Equatable, Sendable {
    case list
    case form(ProfileForm)
    /// The next `y` deletes this profile.
    case deleting(String)
    case password(PasswordPrompt, over: ProfileForm?)
  }

  init(path: String?) {
    self.path = path
  }

  /// Takes what the file says now.
  mutating func take(_ table: ProfileTable) {
    self.table = table
  }

  mutating func handle(_ key: Key, _ rows: [ConnectionRow], at now: Int64) -> [ConnectionRequest] {
    self.now = now
    notice = nil
    if trial != nil { return handleTrial(key) }
    switch stage {
    case .list: return handleList(key, rows)
    case .form(let form): return handle(key, in: form)
    case .deleting(let name):
      stage = .list
      return key == .character("y") ? [.change(.delete(name: name))] : []
    case .password(let prompt, let form): return handle(key, in: prompt, over: form)
    }
  }

  /// Gives the form its rectangle.
  private mutating func layOut() {
    guard case .form(var form) = stage else { return }
    form.area = area.split(rows: 1).bottom.split(rows: -1).top
    form.scrollToCursors()
    stage = .form(form)
  }

  /// Lights the row of a profile.
  mutating func light(_ name: String, _ rows: [ConnectionRow]) {
    if let place = rows.firstIndex(where: { $0.profile == name }) { line = place }
  }

  /// A change of the file went well.
  mutating func saved(_ change: ProfileChange) {
    switch change {
    case .add:
      drafts[nil] = nil
      stage = .list
    case .edit(let name, _, _, _):
      drafts[name] = nil
      stage = .list
    case .delete(let name): drafts[name] = nil
    }
  }

  /// The profile in the form was changed elsewhere, which the person knows who saves again.
  mutating func allowWritingOver() {
    guard case .form(var form) = stage else { return }
    form.writesOver = true
    stage = .form(form)
  }

  private mutating func handleTrial(_ key: Key) -> [ConnectionRequest] {
    switch key {
    case .escape, .enter, .character("q"):
      trial = nil
      return [.endTest]
    default: return []
    }
  }

  private mutating func handle(_ key: Key, in prompt: PasswordPrompt, over form: ProfileForm?) -> [ConnectionRequest] {
    var prompt = prompt
    let outcome = prompt.handle(key)
    stage = form.map(Stage.form) ?? .list
    switch outcome {
    case .none: stage = .password(prompt, over: form)
    case .cancelled: break
    case .answered(let password):
      let profile = prompt.profile
      return [
        prompt.isTest
          ? .test(profile, password: password) : .connect(name: prompt.name, profile, password: password)
      ]
    }
    return []
  }

  private mutating func handle(_ key: Key, in form: ProfileForm) -> [ConnectionRequest] {
    var form = form
    let outcome = form.handle(key)
    stage = .form(form)
    switch outcome {
    case .none: return []
    case .leave:
      drafts[form.original] = form.isChanged ? form : nil
      stage = .list
      return []
    case .test: return ask(form.name, form.profile, isTest: true, over: form)
    case .save:
      guard let original = form.original else { return [.change(.add(name: form.name, form.profile))] }
      let was = form.writesOver ? nil : form.start
      return [.change(.edit(name: original, newName: form.name, form.profile, was: was))]
    }
  }

  /// Asks for the password first if the profile names a user and no source of it.
  private mutating func ask(
    _ name: String, _ profile: Profile, isTest: Bool, over form: ProfileForm? = nil
  ) -> [ConnectionRequest] {
    if profile.user != nil, profile.password == nil {
      stage = .password(PasswordPrompt(name: name, profile, isTest: isTest), over: form)
      return []
    }
    return [isTest ? .test(profile, password: nil) : .connect(name: name, profile, password: nil)]
  }
}

/// The keys of the list.
extension ConnectionScreen {
  private mutating func handleList(_ key: Key, _ rows: [ConnectionRow]) -> [ConnectionRequest] {
    line = min(line, max(0, rows.count - 1))
    if let command = ConnectionCommand(key) {
      return perform(command, rows.indices.contains(line) ? rows[line] : nil)
    }
    switch key {
    case .character("q"), .character("B"): return [.leave]
    case .up, .character("k"): line = max(0, line - 1)
    case .down, .character("j"), .tab: line = min(max(0, rows.count - 1), line + 1)
    case .pageUp, .home, .character("g"): line = 0
    case .pageDown, .end, .character("G"): line = max(0, rows.count - 1)
    case .mouse(let event): handle(event, rows)
    default: break
    }
    return []
  }

  private mutating func handle(_ event: MouseEvent, _ rows: [ConnectionRow]) {
    switch event.action {
    case .wheelUp: line = max(0, line - 1)
    case .wheelDown: line = min(max(0, rows.count - 1), line + 1)
    case .press(.left):
      let row = event.point.row - Self.firstRow
      if rows.indices.contains(row) { line = row }
    default: break
    }
  }

  private mutating func perform(_ command: ConnectionCommand, _ row: ConnectionRow?) -> [ConnectionRequest] {
    switch command {
    case .leave: return [.leave]
    case .openFile: return [.openFile]
    case .new: open(ProfileForm(original: nil, name: "", Profile(), taken: names))
    case .connect: return row.map { connect($0) } ?? []
    case .disconnect: return row?.broker.map { [.close($0)] } ?? []
    case .edit: edit(row)
    case .duplicate:
      if let row, row.profile == nil {
        stage = .form(ProfileForm(original: nil, name: "", Profile(url: row.address), taken: names))
        return []
      }
      guard let entry = entry(of: row) else { return [] }
      stage = .form(ProfileForm(original: nil, name: freeName(like: entry.name), entry.profile, taken: names))
    case .test:
      guard let entry = entry(of: row) else { return [] }
      return ask(entry.name, entry.profile, isTest: true)
    case .delete:
      guard let entry = entry(of: row) else { return [] }
      stage = .deleting(entry.name)
    }
    return []
  }

  private mutating func connect(_ row: ConnectionRow) -> [ConnectionRequest] {
    if let broker = row.broker { return [.show(broker)] }
    guard let entry = entry(of: row) else { return [] }
    guard entry.problems.isEmpty else {
      say(.failure, "The profile is broken, as said above: e changes it, o opens the file.")
      return []
    }
    return ask(entry.name, entry.profile, isTest: false)
  }

  private mutating func edit(_ row: ConnectionRow?) {
    guard let entry = entry(of: row) else { return }
    open(ProfileForm(original: entry.name, name: entry.name, entry.profile, taken: names))
  }

  /// Opens a form; what was left unsaved in it before is in it again.
  private mutating func open(_ form: ProfileForm) {
    let draft = drafts[form.original]
    stage = .form(draft ?? form)
    if draft != nil { say(.information, "What was written here before is still there; it is not saved.") }
  }

  private mutating func entry(of row: ConnectionRow?) -> ProfileTable.Entry? {
    guard let row else { return nil }
    guard let name = row.profile, let entry = table[name] else {
      say(.information, "This broker has no profile; c writes one down for it.")
      return nil
    }
    return entry
  }

  private var names: [String] { table.entries.map(\.name) }

  private func freeName(like name: String) -> String {
    var number = 2
    while names.contains("\(name)-\(number)") { number += 1 }
    return "\(name)-\(number)"
  }

  private mutating func say(_ kind: Notice.Kind, _ sentence: String) {
    notice = Notice(kind, sentence, at: now)
  }
}
