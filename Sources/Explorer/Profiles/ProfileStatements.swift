import Terminal

/// The statements of a document that profiles are written in, by the names of the profiles, so that one of many is read
/// without looking through those of all others.
struct ProfileStatements {
  private var groups: [String: [TOMLStatement]] = [:]
  /// Those that may hold any number of profiles, such as `profiles = { a = { … } }`.
  private var common: [TOMLStatement] = []

  init(_ statements: [TOMLStatement]) {
    for statement in statements where statement.isAt([ProfileTable.table]) {
      let path = statement.path
      if path.count > 1 {
        groups[path[1], default: []].append(statement)
      } else {
        common.append(statement)
      }
    }
  }

  var names: some Collection<String> { groups.keys }

  subscript(name: String) -> [TOMLStatement] { groups[name] ?? common }
}
