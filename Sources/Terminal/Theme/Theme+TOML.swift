import TOMLKit

extension Theme {
  /// The theme that a file's text describes; `file` names it in errors.
  ///
  /// Three tables: `palette` names colours (`"#rrggbb"`, then if wanted the number of 256 and the name of 16), `roles`
  /// and `grounds` use them with attributes behind (`"gold bold"`). The form `["gold", "bold"]` says apart how a role
  /// or a ground looks without colours; `{ colour = "slate", ink = "snow", monochrome = "reverse" }` gives a ground its
  /// ink.
  public init(toml: String, file: String) throws(ThemeError) {
    let bytes = Array(toml.utf8)
    if let fault = TOMLScanner.scan(bytes).fault {
      let line = bytes[..<fault.place].count { $0 == UInt8(ascii: "\n") } + 1
      throw .broken(file: file, line: line, problem: fault.sentence)
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: toml)
    } catch let error as TOMLParseError {
      throw .broken(file: file, line: error.source.begin.line, problem: error.description)
    } catch {
      throw .broken(file: file, line: nil, problem: "\(error)")
    }
    var reader = ThemeReader(lines: toml.split(separator: "\n", omittingEmptySubsequences: false), file: file)
    self = try reader.theme(table)
  }
}

/// Reads a theme's tables; each problem knows the line of its key.
private struct ThemeReader {
  let lines: [Substring]
  let file: String
  var palette: [String: Colour] = [:]

  mutating func theme(_ table: TOMLTable) throws(ThemeError) -> Theme {
    for key in table.keys where !["name", "palette", "roles", "grounds"].contains(key) {
      throw broken(key, "there is no setting \"\(key)\"; there are name, palette, roles and grounds")
    }
    guard let name = table["name"]?.string else { throw broken("name", "name has to be text in quotation marks") }
    try section("palette", of: table) { (reader, key, value) throws(ThemeError) in
      reader.palette[key] = try reader.paletteColour(key, value)
    }
    var roles: [Role: Look] = [:]
    try section("roles", of: table) { (reader, key, value) throws(ThemeError) in
      guard let role = Role.allCases.first(where: { "\($0)" == key }) else {
        throw reader.broken(key, "there is no role \"\(key)\"")
      }
      roles[role] = try reader.look(key, value)
    }
    var grounds: [Ground: GroundLook] = [:]
    try section("grounds", of: table) { (reader, key, value) throws(ThemeError) in
      guard let ground = Ground.allCases.first(where: { "\($0)" == key }) else {
        throw reader.broken(key, "there is no ground \"\(key)\"")
      }
      grounds[ground] = try reader.ground(key, value, ink: roles[.text]?.colour)
    }
    return Theme(name: name, roles: roles, grounds: grounds)
  }

  private mutating func section(
    _ name: String, of table: TOMLTable,
    _ each: (inout ThemeReader, String, any TOMLValueConvertible) throws(ThemeError) -> Void
  ) throws(ThemeError) {
    guard let value = table[name] else { return }
    guard let section = value.table else { throw broken(name, "\(name) has to be a table") }
    for key in section.keys {
      guard let value = section[key] else { continue }
      try each(&self, key, value)
    }
  }

  private func paletteColour(_ key: String, _ value: any TOMLValueConvertible) throws(ThemeError) -> Colour {
    guard let words = value.string?.split(separator: " "), let first = words.first, words.count <= 3 else {
      throw broken(key, "\(key) has to be a colour such as \"#8ab4f0 111 bright-blue\"")
    }
    let rgb = try rgb(first, key)
    var indexed: UInt8?
    var basic: Colour.Basic?
    for word in words.dropFirst() {
      if let number = UInt8(word) {
        indexed = number
      } else if let named = Colour.Basic.allCases.first(where: { $0.word == word }) {
        basic = named
      } else {
        throw broken(key, "\"\(word)\" is neither a number up to 255 nor one of the sixteen colours' names")
      }
    }
    return Colour(rgb, indexed, basic)
  }

  private func rgb(_ word: Substring, _ key: String) throws(ThemeError) -> UInt32 {
    guard word.utf8.count == 7, word.first == "#", let rgb = UInt32(word.dropFirst(), radix: 16) else {
      throw broken(key, "\"\(word)\" is not a colour of the form #rrggbb")
    }
    return rgb
  }

  private func look(_ key: String, _ value: any TOMLValueConvertible) throws(ThemeError) -> Look {
    if let array = value.array {
      guard array.count == 2, let shown = array[0].string, let monochrome = array[1].string else {
        throw broken(key, "\(key) has to be two texts: with colours, and without")
      }
      let look = try look(key, shown)
      return Look(look.colour, look.attributes, monochrome: try attributes(monochrome.split(separator: " "), key))
    }
    guard let words = value.string?.split(separator: " "), let first = words.first else {
      throw broken(key, "\(key) has to be a colour with attributes behind it, such as \"gold bold\"")
    }
    return Look(try colour(first, key), try attributes(words.dropFirst(), key))
  }

  private func ground(
    _ key: String, _ value: any TOMLValueConvertible, ink text: Colour?
  ) throws(ThemeError) -> GroundLook {
    guard let table = value.table else {
      let look = try look(key, value)
      return GroundLook(look.colour, ink: text, monochrome: look.monochrome)
    }
    for word in table.keys where !["colour", "ink", "monochrome"].contains(word) {
      throw broken(key, "\(key) has no \"\(word)\"; a ground has colour, ink and monochrome")
    }
    guard let name = table["colour"]?.string else { throw broken(key, "\(key) has no colour") }
    var ink = text
    if let word = table["ink"]?.string { ink = try colour(Substring(word), key) }
    let words = (table["monochrome"]?.string ?? "").split(separator: " ")
    return GroundLook(try colour(Substring(name), key), ink: ink, monochrome: try attributes(words, key))
  }

  private func colour(_ word: Substring, _ key: String) throws(ThemeError) -> Colour? {
    if word == "default" { return nil }
    if let named = palette[String(word)] { return named }
    guard word.first == "#" else { throw broken(key, "there is no colour \"\(word)\" in the palette") }
    return Colour(try rgb(word, key))
  }

  private func attributes(_ words: some Collection<Substring>, _ key: String) throws(ThemeError) -> Look.Attributes {
    var attributes: Look.Attributes = []
    for word in words {
      switch word {
      case "bold": attributes.insert(.bold)
      case "underline": attributes.insert(.underline)
      case "reverse": attributes.insert(.reverse)
      case "dim": attributes.insert(.dim)
      case "italic": attributes.insert(.italic)
      case "plain": break
      default:
        throw broken(key, "there is no attribute \"\(word)\"; there are bold, dim, italic, underline, reverse, plain")
      }
    }
    return attributes
  }

  /// The last line that begins with the key: the parser does not tell where a value was.
  private func broken(_ key: String, _ problem: String) -> ThemeError {
    let line = lines.lastIndex { line in
      let begin = line.drop { $0 == " " || $0 == "\t" || $0 == "[" || $0 == "\"" }
      return begin.hasPrefix(key) && !(begin.dropFirst(key.count).first?.isLetter ?? false)
    }
    return .broken(file: file, line: line.map { $0 + 1 }, problem: problem)
  }
}

extension Colour.Basic {
  /// Its name in theme files: `bright-blue`.
  var word: String {
    rawValue < 8 ? "\(self)" : "bright-" + (Colour.Basic(rawValue: rawValue - 8).map { "\($0)" } ?? "")
  }
}
