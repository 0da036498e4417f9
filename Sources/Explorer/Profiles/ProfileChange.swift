import Terminal

/// A change of the configuration: which statements it touches, and what has to be read afterwards.
enum ProfileChange: Equatable, Sendable {
  case add(name: String, Profile)
  /// The profile of the old name becomes the new one, if it still is what it was; nil writes over whatever it is. Settings
  /// of which we know nothing stay.
  case edit(name: String, newName: String, Profile, was: Profile?)
  case delete(name: String)
}

extension ProfileTable {
  /// The text with the change in it, or the sentence that says why it cannot be made.
  static func text(_ old: TOMLText, with change: ProfileChange) throws(ProfileError) -> TOMLText {
    if case .add(let name, let profile) = change { return try self.text(old, adding: [(name, profile)]) }
    let before = ProfileTable(old)
    if let problem = before.problem { throw .unreadable(problem) }
    var text = old
    switch change {
    case .add: break
    case .edit(let name, let newName, let profile, let was):
      guard let entry = before[name] else { throw .gone(name) }
      if let was, entry.profile != was { throw .changedMeanwhile(name) }
      if newName != name, before[newName] != nil { throw .nameTaken(newName) }
      write(entry.profile, to: profile, of: name, in: &text)
      if newName != name { text.rename([table, name], to: newName) }
    case .delete(let name):
      guard before[name] != nil else { throw .gone(name) }
      text.remove([table, name])
    }
    guard isAsMeant(ProfileTable(text), before, change) else { throw .notAsMeant }
    return text
  }

  private static func write(_ old: Profile, to new: Profile, of name: String, in text: inout TOMLText) {
    let path = [table, name]
    let (before, after) = (old.settings, new.settings)
    for setting in before where !after.contains(where: { $0.key == setting.key }) { text.remove(path + [setting.key]) }
    for setting in after where before.first(where: { $0.key == setting.key })?.value != setting.value {
      let isSpread = text.statements.contains { $0.path.count > 3 && $0.path.starts(with: path + [setting.key]) }
      let isArray = text.statements.contains { $0.kind == .header(isArray: true) && $0.path == path + [setting.key] }
      if isSpread || isArray { text.remove(path + [setting.key]) }
      text.set(setting.value, at: path + [setting.key])
    }
  }

  /// Reads what would be written: the profile is what was meant, and all others are what they were.
  private static func isAsMeant(_ after: ProfileTable, _ before: ProfileTable, _ change: ProfileChange) -> Bool {
    guard after.isSame(as: before) else { return false }
    func rest(of table: ProfileTable, without name: String) -> [String] {
      table.entries.filter { $0.name != name }.map { $0.name + "\n" + $0.everything }
    }
    switch change {
    case .add: return false
    case .edit(let name, let newName, let profile, _):
      guard rest(of: after, without: newName) == rest(of: before, without: name) else { return false }
      return after[newName]?.profile == profile.kept
    case .delete(let name):
      return after[name] == nil && rest(of: after, without: name) == rest(of: before, without: name)
    }
  }
}

/// Many at once, so that an import of thousands is written, read and compared once.
extension ProfileTable {
  /// The text with new profiles at its end, or the sentence that says why they cannot be.
  static func text(
    _ old: TOMLText, adding profiles: [(name: String, profile: Profile)]
  ) throws(ProfileError) -> TOMLText {
    let before = ProfileTable(old)
    if let problem = before.problem { throw .unreadable(problem) }
    var names = Set(before.entries.map { Array($0.name.utf8) })
    for name in profiles.map(\.name) where !names.insert(Array(name.utf8)).inserted { throw .nameTaken(name) }
    var text = old
    text.append(
      profiles.map { name, profile in
        ["[\(table).\(TOMLQuoting.key(name))]"] + profile.settings.map { "\($0.key) = \($0.value)" }
      })
    let after = ProfileTable(text)
    var added = Dictionary(profiles.map { (Array($0.name.utf8), $0.profile.kept) }) { first, _ in first }
    let others = after.entries.filter { entry in
      let name = Array(entry.name.utf8)
      guard entry.problems.isEmpty, let meant = added[name], meant == entry.profile else { return true }
      added[name] = nil
      return false
    }
    guard after.isSame(as: before), added.isEmpty, others == before.entries else { throw .notAsMeant }
    return text
  }

  /// Whether all but the profiles is what it was.
  fileprivate func isSame(as before: ProfileTable) -> Bool { problem == nil && others == before.others }
}

extension Profile {
  /// As it is after it was written and read: the headers by their names.
  fileprivate var kept: Profile {
    var kept = self
    kept.headers.sort { $0.name < $1.name }
    return kept
  }
}
