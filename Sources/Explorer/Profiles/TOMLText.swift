import Terminal

/// The text of a TOML document, changed statement by statement: every other byte, comments above all, stays as it is.
///
/// What it makes is to be read by a parser before it is believed: documents can be written in ways that an edit of single
/// statements does not fit, such as a whole profile in one inline table.
struct TOMLText: Equatable, Sendable {
  private(set) var bytes: [UInt8]
  private(set) var statements: [TOMLStatement]
  private var scannedFault: TOMLScanner.Fault?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let scan = TOMLScanner.scan(bytes)
    statements = scan.statements
    scannedFault = scan.fault
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Why no parser may see this text, if so.
  var fault: (line: Int, sentence: String)? {
    scannedFault.map { fault in (bytes[..<fault.place].count { $0 == .newline } + 1, fault.sentence) }
  }

  /// Gives a key its value; the table that holds it is made if there is none.
  mutating func set(_ value: String, at path: [String]) {
    guard let key = path.last else { return }
    for statement in statements where statement.path == path {
      if case .value(let place) = statement.kind { return replace(place, with: value) }
    }
    let table = Array(path.dropLast())
    if let header = statements.lastIndex(where: { $0.kind == .header(isArray: false) && $0.path == table }) {
      return insert("\(TOMLQuoting.key(key)) = \(value)", after: lastStatement(of: header))
    }
    let inside = statements.lastIndex {
      !$0.isHeader && $0.path.count > table.count && $0.path.starts(with: table) && $0.base.count < table.count
    }
    if let inside {
      let relative = path.dropFirst(statements[inside].base.count).map(TOMLQuoting.key).joined(separator: ".")
      return insert("\(relative) = \(value)", after: inside)
    }
    append([["[\(table.map(TOMLQuoting.key).joined(separator: "."))]"]])
    insert("\(TOMLQuoting.key(key)) = \(value)", after: statements.count - 1)
  }

  /// Removes what a path leads to with all that is below it.
  mutating func remove(_ path: [String]) {
    while let index = statements.firstIndex(where: { $0.path.starts(with: path) }) {
      let end = statements[index].isHeader ? statements[lastStatement(of: index)].lines.upperBound : nil
      let lines = statements[index].lines
      let isSection = end != nil
      replace(lines.lowerBound..<(end ?? lines.upperBound), with: "")
      if isSection { joinBlankLines(at: lines.lowerBound) }
    }
  }

  /// Gives a table another name, wherever it is named.
  mutating func rename(_ path: [String], to name: String) {
    guard !path.isEmpty else { return }
    let level = path.count - 1
    while let segment = segment(of: path, at: level), segment.name != name {
      replace(segment.place, with: TOMLQuoting.key(name))
    }
  }

  /// Puts paragraphs of lines at the end, an empty line before each of them.
  mutating func append(_ paragraphs: [[String]]) {
    var end = ""
    if let last = bytes.last {
      if last != .newline { end += lineEnd }
      end += lineEnd
    }
    let texts = paragraphs.map { $0.map { $0 + lineEnd }.joined() }
    replace(bytes.count..<bytes.count, with: end + texts.joined(separator: lineEnd))
  }

  private func segment(of path: [String], at level: Int) -> TOMLStatement.Segment? {
    for statement in statements where statement.path.starts(with: path) && statement.base.count <= level {
      return statement.segments[level - statement.base.count]
    }
    return nil
  }

  /// The last statement under a header; the header itself when there is none.
  private func lastStatement(of header: Int) -> Int {
    (statements[(header + 1)...].firstIndex(where: \.isHeader) ?? statements.count) - 1
  }

  /// Puts a line behind a statement, indented as that is.
  private mutating func insert(_ line: String, after index: Int) {
    // In a document that no parser has read, a header may have ended in an open string.
    guard statements.indices.contains(index) else { return }
    let statement = statements[index]
    let indent = bytes[statement.lines].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let isOpen = bytes[statement.lines].last != .newline
    let text = (isOpen ? lineEnd : "") + String(decoding: indent, as: UTF8.self) + line + lineEnd
    replace(statement.lines.upperBound..<statement.lines.upperBound, with: text)
  }

  /// Where a section was taken out, two empty lines in a row become one.
  private mutating func joinBlankLines(at place: Int) {
    let before = bytes[..<place].split(separator: .newline, omittingEmptySubsequences: false).dropLast().last
    let after = bytes[place...].prefix { $0 != .newline }
    guard place + after.count < bytes.count, after.allSatisfy({ $0 == .carriageReturn }) else { return }
    guard before == nil || before?.allSatisfy({ $0 == .carriageReturn }) == true else { return }
    replace(place..<(place + after.count + 1), with: "")
  }

  /// As the document ends its lines.
  private var lineEnd: String {
    guard let first = bytes.firstIndex(of: .newline), first > 0, bytes[first - 1] == .carriageReturn else {
      return "\n"
    }
    return "\r\n"
  }

  private mutating func replace(_ place: Range<Int>, with text: String) {
    bytes.replaceSubrange(place, with: Array(text.utf8))
    self = TOMLText(bytes)
  }
}
