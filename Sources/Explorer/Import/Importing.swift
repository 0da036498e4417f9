/// Profiles made from what was imported; what is there already is never written over.
package struct Importing {
  private let file: ProfileFile
  /// The names of the profiles, by what each of them says.
  private var names: [String: String] = [:]
  private var taken: Set<String> = []
  /// The number to try next for a name that is taken.
  private var numbers: [String: Int] = [:]

  package init(_ file: ProfileFile) {
    self.file = file
  }

  /// Adds a profile for each connection, all of them or none; gives what to tell, a sentence each.
  package mutating func add(_ imported: Imported) throws(ProfileError) -> [String] {
    let table = ProfileTable(try file.read())
    if let problem = table.problem { throw .unreadable(problem) }
    for entry in table.entries { know(entry.name, entry.profile) }
    var sentences = imported.skipped
    var added: [(name: String, profile: Profile)] = []
    var passwords: [String] = []
    do {
      for connection in imported.connections {
        if let same = names[connection.profile.sayings] {
          sentences.append("\(Imported.quoted(connection.name)) is there already, as “\(same)”.")
          continue
        }
        let name = freeName(connection.name)
        var profile = connection.profile
        profile.headers.sort { $0.name < $1.name }
        know(name, profile)
        var remarks = connection.remarks
        if connection.name.count > Self.longestName {
          remarks.append("Its name was cut: it had \(connection.name.count) characters.")
        }
        if let password = connection.password {
          let path = try file.keep(password: password, of: name)
          passwords.append(path)
          profile.password = .file(path)
          remarks.append("Its password is now in \(path), which only you may read.")
        }
        added.append((name, profile))
        sentences.append("Added “\(name)”: \(profile.url)")
        sentences += remarks.map { "  \($0)" }
      }
      try file.add(added)
    } catch {
      for path in passwords { do { try FileBytes.remove(path) } catch { throw .file(error) } }
      throw error
    }
    return sentences
  }

  /// Of a name that has room for a number behind it.
  private static let longestName = ProfileForm.longestName - 10

  private mutating func know(_ name: String, _ profile: Profile) {
    taken.insert(name)
    if names[profile.sayings] == nil { names[profile.sayings] = name }
  }

  private mutating func freeName(_ name: String) -> String {
    let name = name.isEmpty ? "imported" : String(name.prefix(Self.longestName))
    guard taken.contains(name) else { return name }
    var number = numbers[name] ?? 2
    while taken.contains("\(name)-\(number)") { number += 1 }
    numbers[name] = number + 1
    return "\(name)-\(number)"
  }
}

extension Profile {
  /// All that it says but for where the password is.
  fileprivate var sayings: String {
    var profile = self
    profile.password = nil
    return profile.settings.map { "\($0.key) = \($0.value)\n" }.joined()
  }
}
