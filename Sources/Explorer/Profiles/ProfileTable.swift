import TOMLKit
import Terminal

/// The profiles of a configuration as it was read.
struct ProfileTable: Equatable, Sendable {
  /// One profile, whole or broken.
  struct Entry: Equatable, Sendable {
    var name: String
    /// What could be read of it.
    var profile: Profile
    /// Why it is broken, if it is.
    var problems: [ProfileProblem]
    /// All of it as TOML writes it in one way: what is unknown to us included.
    var everything: String
    /// The broker as people write it; kept, as every frame of a list of thousands has it.
    let address: String

    init(name: String, profile: Profile, problems: [ProfileProblem], everything: String) {
      (self.name, self.profile, self.problems, self.everything) = (name, profile, problems, everything)
      address = profile.address
    }
  }

  /// In the order of the file.
  private(set) var entries: [Entry] = [] {
    didSet {
      nameWidth = entries.map { TextWidth.of($0.name) }.max() ?? 0
      addressWidth = entries.map { TextWidth.of($0.address) }.max() ?? 0
    }
  }
  /// The columns of the widest of them, which a frame need not look for.
  private(set) var nameWidth = 0
  private(set) var addressWidth = 0
  /// Why the file as a whole cannot be read.
  private(set) var problem: ProfileProblem?
  /// What looks like a profile and is none, as it stands elsewhere than below `profiles`.
  private(set) var strays: [Entry] = []
  /// All other tables, as TOML writes them in one way.
  private(set) var others = ""

  static let table = "profiles"

  init() {}

  /// That of a file that cannot even be opened.
  init(unreadable error: ProfileError) {
    problem = ProfileProblem(
      line: nil, key: "the file", sentence: String(error.description.reversed().drop { $0 == "." }.reversed()))
  }

  init(_ text: TOMLText) {
    guard let string = String(validating: text.bytes, as: UTF8.self), !text.bytes.contains(0) else {
      problem = ProfileProblem(
        line: nil, key: "the file", sentence: "it is not text in UTF-8, or has a byte in it that is a NUL")
      return
    }
    if let fault = text.fault {
      problem = ProfileProblem(line: fault.line, key: "TOML", sentence: fault.sentence)
      return
    }
    let document: TOMLTable
    do {
      document = try TOMLTable(string: string)
    } catch let error as TOMLParseError {
      let sentence = error.description.split(separator: "\n").joined(separator: " ")
      problem = ProfileProblem(line: error.source.begin.line, key: "TOML", sentence: sentence)
      return
    } catch {
      problem = ProfileProblem(line: nil, key: "TOML", sentence: "\(error)")
      return
    }
    others = document.keys.filter { $0 != Self.table }.sorted().map { "\($0) = \(Self.canonical(document[$0]))" }
      .joined(separator: "\n")
    strays = Self.strays(in: document, text.statements)
    guard let value = document[Self.table] else { return }
    guard let profiles = value.table else {
      let sentence = "it has to be tables such as [profiles.home]"
      problem = ProfileProblem(line: text.statements.line(of: [Self.table]), key: Self.table, sentence: sentence)
      return
    }
    take(profiles, ProfileStatements(text.statements))
  }

  private mutating func take(_ profiles: TOMLTable, _ groups: ProfileStatements) {
    // A name with a NUL comes cut from the parser, like any text; a whole one may stand beside it.
    var seen: Set<[UInt8]> = []
    let names = profiles.keys.filter { profiles[$0] != nil && seen.insert(Array($0.utf8)).inserted }
    let places = (names + groups.names.filter { $0.utf8.contains(0) }).map { name in
      (name: name, place: groups[name].first?.lines.lowerBound ?? Int.max)
    }
    entries = places.sorted { ($0.place, $0.name) < ($1.place, $1.name) }.map { name, _ in
      Self.entry(name, profiles[name], groups[name])
    }
  }

  /// The folder of the passwords that an import has found, beside the configuration in this one.
  static func passwords(in folder: String) -> String { folder + "/passwords" }

  /// The file that an import has made for the password of this profile, if no other profile has it too.
  func passwordFile(ofOnly name: String, in folder: String) -> String? {
    guard case .file(let path) = self[name]?.profile.password, path.hasPrefix(Self.passwords(in: folder) + "/"),
      entries.count(where: { $0.profile.password == .file(path) }) == 1
    else { return nil }
    return path
  }

  subscript(name: String) -> Entry? { entries.first { $0.name.utf8.elementsEqual(name.utf8) } }

  private static func entry(
    _ name: String, _ value: (any TOMLValueConvertible)?, _ statements: [TOMLStatement]
  ) -> Entry {
    var reader = ProfileReader(statements, path: [table, name])
    guard let inner = value?.table, !name.utf8.contains(0) else {
      let sentence =
        name.utf8.contains(0)
        ? "there is a NUL in the name of this profile" : "a profile has to be a table such as [profiles.home]"
      let problem = ProfileProblem(line: statements.line(of: [table, name]), key: name, sentence: sentence)
      return Entry(name: name, profile: Profile(), problems: [problem], everything: canonical(value))
    }
    let profile = reader.profile(inner)
    return Entry(name: name, profile: profile, problems: reader.problems, everything: canonical(inner))
  }

  /// A value in the one way in which the parser writes it, with the keys of tables in order.
  private static func canonical(_ value: (any TOMLValueConvertible)?) -> String {
    guard let value else { return "" }
    if let table = value.table {
      return "{" + table.keys.sorted().map { "\($0) = \(canonical(table[$0]))" }.joined(separator: ", ") + "}"
    }
    if let array = value.array {
      return "[" + (0..<array.count).map { canonical(array[$0]) }.joined(separator: ", ") + "]"
    }
    if let string = value.string { return TOMLQuoting.string(string) }
    return value.debugDescription
  }
}
