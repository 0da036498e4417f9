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
  private(set) var list = ConnectionList()
  var stage = Stage.list
  var trial: Trial?
  var notice: Notice?
  /// The monotonic time of the last key.
  private var now: Int64 = 0
  /// The whole screen; the host sets it, so that scrolling and the mouse fit.
  var area = Rect(column: 0, row: 0, columns: 80, rows: 24) { didSet { layOut() } }
  /// What was left unsaved in a form, by the name of the profile; a new one has none.
  private(set) var drafts: [String?: ProfileForm] = [:]

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
    case .list:
      let command = list.handle(key, rows, in: Self.places(in: body).list)
      let found = list.found(in: rows)
      return command.map { perform($0, list.lit(among: found).map { found[$0] }) } ?? []
    case .form(let form): return handle(key, in: form)
    case .deleting(let name):
      stage = .list
      return key == .character("y") ? [.change(.delete(name: name))] : []
    case .password(let prompt, let form): return handle(key, in: prompt, over: form)
    }
  }

  /// The screen between status line and footer.
  private var body: Rect { area.split(rows: 1).bottom.split(rows: -1).top }

  /// Gives the form its rectangle.
  private mutating func layOut() {
    guard case .form(var form) = stage else { return }
    form.area = body
    form.scrollToCursors()
    stage = .form(form)
  }

  /// Lights the row of a profile.
  mutating func light(_ name: String, _ rows: [ConnectionRow]) {
    list.light(name, rows)
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
  mutating func ask(
    _ name: String, _ profile: Profile, isTest: Bool, over form: ProfileForm? = nil
  ) -> [ConnectionRequest] {
    if profile.user != nil, profile.password == nil {
      stage = .password(PasswordPrompt(name: name, profile, isTest: isTest), over: form)
      return []
    }
    return [isTest ? .test(profile, password: nil) : .connect(name: name, profile, password: nil)]
  }

  mutating func say(_ kind: Notice.Kind, _ sentence: String) {
    notice = Notice(kind, sentence, at: now)
  }
}
