/// Profiles made from what was imported; what is there already is never written over.
package struct Importing {
  private let file: ProfileFile

  package init(_ file: ProfileFile) {
    self.file = file
  }

  /// Adds a profile for each connection; gives what to tell, a sentence each.
  package func add(_ imported: Imported) throws(ProfileError) -> [String] {
    var sentences = imported.skipped
    for connection in imported.connections {
      let table = ProfileTable(try file.read())
      if let problem = table.problem { throw .unreadable(problem) }
      if let same = table.entries.first(where: { $0.profile.isSame(as: connection.profile) }) {
        sentences.append("“\(connection.name)” is there already, as “\(same.name)”.")
        continue
      }
      let name = Self.freeName(connection.name, in: table)
      var profile = connection.profile
      profile.headers.sort { $0.name < $1.name }
      var remarks = connection.remarks
      if let password = connection.password {
        let path = try file.keep(password: password, of: name)
        profile.password = .file(path)
        remarks.append("Its password is now in \(path), which only you may read.")
      }
      _ = try file.make(.add(name: name, profile))
      sentences.append("Added “\(name)”: \(profile.url)")
      sentences += remarks.map { "  \($0)" }
    }
    return sentences
  }

  private static func freeName(_ name: String, in table: ProfileTable) -> String {
    let name = name.isEmpty ? "imported" : name
    guard table[name] != nil else { return name }
    var number = 2
    while table["\(name)-\(number)"] != nil { number += 1 }
    return "\(name)-\(number)"
  }
}

extension Profile {
  /// The same but for where the password is.
  fileprivate func isSame(as other: Profile) -> Bool {
    var (one, two) = (self, other)
    (one.password, two.password) = (nil, nil)
    return one == two
  }
}
