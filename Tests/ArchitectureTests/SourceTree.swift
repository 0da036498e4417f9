import FoundationEssentials
import TestSupport

/// The package's own source text, as the architecture tests read it.
struct SourceTree {
  struct File {
    /// Relative to the package's folder.
    let path: String
    let lines: [Substring]

    /// The folder below Sources, or below Tests.
    var target: String { String(path.split(separator: "/")[1]) }

    /// The modules named by `import` lines, whatever attributes, access level or kind stand around them.
    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ").filter { !$0.hasPrefix("@") }
        guard let keyword = words.firstIndex(of: "import"), keyword <= 1, keyword + 1 < words.count else { return nil }
        if keyword == 1 && !Self.accessLevels.contains(words[0]) { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "typealias", "var", "let"]
        let name = kinds.contains(words[keyword + 1]) ? words.dropFirst(keyword + 2).first : words[keyword + 1]
        return name.map { String($0.prefix { $0 != "." && $0 != ";" }) }
      }
    }

    private static let accessLevels: Set<Substring> = ["public", "package", "internal", "private", "fileprivate"]
  }

  let files: [File]

  /// All files with one of these endings below a top-level folder.
  init(below folder: String, endings: [String] = [".swift"]) throws {
    let root = Products.packageFolder
    let names = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
    files = try names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted().map { name in
      let text = String(decoding: try Data(contentsOf: URL(filePath: "\(root)/\(folder)/\(name)")), as: UTF8.self)
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return File(path: "\(folder)/\(name)", lines: lines)
    }
  }
}
