import TOMLKit
import Terminal

extension ProfileTable {
  /// What tables of profiles are called by those who do not look it up.
  private static let likenesses = ["profile", "profiles", "broker", "brokers", "connection", "connections"]

  /// What of a document looks like a profile and is none.
  static func strays(in document: TOMLTable, _ statements: [TOMLStatement]) -> [Entry] {
    var found: [Entry] = []
    func stray(_ path: [String], named name: String? = nil, _ sentence: String) {
      let key = path.map(TOMLQuoting.key).joined(separator: ".")
      let problem = ProfileProblem(line: statements.line(of: path), key: key, sentence: sentence)
      found.append(Entry(name: name ?? "", profile: Profile(), problems: [problem], everything: ""))
    }
    for key in document.keys.sorted() where key != table {
      if let value = document[key]?.table {
        if value["url"] != nil { stray([key], named: key, misplaced(key)) }
        let isAlike = likenesses.contains(key.lowercased())
        for name in value.keys.sorted() where value[name]?.table.map({ isAlike || $0["url"] != nil }) ?? false {
          stray([key, name], named: name, misplaced(name))
        }
      } else if let list = document[key]?.array, (0..<list.count).contains(where: { list[$0].table?["url"] != nil }) {
        let header = "[[\(TOMLQuoting.key(key))]]"
        stray([key], "it is not read, as it is a list: write [\(table).NAME] in place of each \(header)")
      } else if key == "url" {
        stray([key], "it is not read, as it stands in no profile: write [\(table).NAME] on a line above it")
      }
    }
    return found
  }

  private static func misplaced(_ name: String) -> String {
    "it is not read, as a profile is a table below \(table): write [\(table).\(TOMLQuoting.key(name))]"
  }
}
