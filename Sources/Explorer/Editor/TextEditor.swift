import Terminal

/// A text of several lines being edited: lines, a cursor between graphemes, undo, and a scrolled view.
///
/// Lines are native strings and a place is a line and a count of UTF-8 bytes, so that a key costs O(the line it
/// changes) and drawing costs O(the rows shown), whatever the size of the text. Every change passes through
/// `replace`, which keeps the byte count, the revision and the undo log. Carriage returns of a text that was set
/// are kept as they are; only a paste, where a terminal sends them for line ends, turns them into line ends.
struct TextEditor: Equatable, Sendable {
  /// Never empty: no text is one empty line.
  private(set) var lines: [String] = [""]
  /// Always between two graphemes.
  private(set) var cursor = TextPosition.start
  /// UTF-8 bytes of the whole text.
  private(set) var byteCount = 0
  /// Grows with each change, so that what was worked out from the text can be kept until it changes.
  private(set) var revision = 0
  /// A one-line text turns the line ends of a paste into spaces.
  let isSingleLine: Bool

  var goalColumn: Int?
  var scroll = Scroll()
  private var log = EditLog()
  /// A place on one line whose column is known: near the cursor, so that a key in a line of megabytes is quick.
  private var known = LineColumns.Place()
  private var knownLine = 0

  /// The first line and the first column in view.
  struct Scroll: Equatable, Sendable {
    var line = 0
    var column = 0
  }

  init(_ text: String = "", isSingleLine: Bool = false) {
    self.isSingleLine = isSingleLine
    set(text)
    forgetChanges()
  }

  var isEmpty: Bool { byteCount == 0 }

  /// The whole text. Costs O(text).
  var text: String {
    lines.count == 1 ? lines[0] : lines.joined(separator: "\n")
  }

  /// Replaces the whole text in one undoable step; the cursor goes to its end.
  mutating func set(_ text: String) {
    log.close()
    let last = lines.count - 1
    change(.start, TextPosition(line: last, offset: lines[last].utf8.count), to: flattened(text))
    log.close()
  }

  /// Inserts text at the cursor and moves behind it.
  mutating func insert(_ text: String) {
    change(cursor, cursor, to: flattened(text))
  }

  /// Inserts what a terminal pasted: its line ends may be CR, LF or both.
  mutating func paste(_ text: String) {
    log.close()
    insert(text.utf8.contains(.carriageReturn) ? normalised(text) : text)
    log.close()
  }

  /// Removes the text between the cursor and `other`.
  mutating func remove(to other: TextPosition) {
    guard other != cursor else { return }
    change(min(cursor, other), max(cursor, other), to: "")
  }

  mutating func move(to place: TextPosition, keepingGoal: Bool = false) {
    cursor = place
    log.close()
    if !keepingGoal { goalColumn = nil }
  }

  /// Takes the newest change back; false when there is none.
  mutating func undo() -> Bool {
    guard let edit = log.takePast() else { return false }
    _ = replace(edit.start, edit.start.advanced(over: edit.inserted), with: edit.removed)
    cursor = edit.cursorBefore
    return true
  }

  /// Makes the change again that was last taken back; false when there is none.
  mutating func redo() -> Bool {
    guard let edit = log.takeFuture() else { return false }
    let after = replace(edit.start, edit.start.advanced(over: edit.removed), with: edit.inserted).end
    cursor = boundary(atOrAfter: after)
    return true
  }

  /// What is written now is where undo ends.
  mutating func forgetChanges() { log = EditLog() }

  /// A place with a known column on a line, to measure from; the start of the line if there is no better one.
  func known(on line: Int) -> LineColumns.Place {
    line == knownLine ? known : LineColumns.Place()
  }

  /// Makes the cursor the place with the known column.
  mutating func rememberColumn() {
    known = LineColumns.Place(offset: cursor.offset, column: column)
    knownLine = cursor.line
  }

  private mutating func change(_ start: TextPosition, _ end: TextPosition, to text: String) {
    let before = cursor
    let (removed, after) = replace(start, end, with: text)
    cursor = boundary(atOrAfter: after)
    goalColumn = nil
    guard !(removed.isEmpty && text.isEmpty) else { return }
    log.record(Edit(start: start, removed: removed, inserted: text, cursorBefore: before))
  }

  /// The one place where text changes.
  private mutating func replace(
    _ start: TextPosition, _ end: TextPosition, with text: String
  ) -> (removed: String, end: TextPosition) {
    let removed = self.text(from: start, to: end)
    byteCount += text.utf8.count - removed.utf8.count
    revision += 1
    let after = start.advanced(over: text)
    // What joins the grapheme before it may change that one's width too, and so may what undo takes from it.
    let wasBoundary = boundary(atOrAfter: start) == start
    let column = LineColumns.column(of: start.offset, in: lines[start.line], from: known(on: start.line))
    defer {
      let isKnown = wasBoundary && boundary(atOrAfter: start) == start
      known = isKnown ? LineColumns.Place(offset: start.offset, column: column) : LineColumns.Place()
      knownLine = start.line
    }
    if start.line == end.line, after.line == start.line {
      lines[start.line].replaceSubrange(
        lines[start.line].range(utf8: start.offset, end.offset), with: text)
      return (removed, after)
    }
    var pieces = text.utf8.split(separator: .newline, omittingEmptySubsequences: false).map { String(Substring($0)) }
    let head = lines[start.line].prefix(utf8: start.offset)
    let tail = lines[end.line].suffix(utf8: end.offset)
    pieces[0] = head + pieces[0]
    pieces[pieces.count - 1] += tail
    lines.replaceSubrange(start.line...end.line, with: pieces)
    return (removed, after)
  }

  private func text(from start: TextPosition, to end: TextPosition) -> String {
    guard start.line != end.line else {
      let line = lines[start.line]
      return String(line[line.range(utf8: start.offset, end.offset)])
    }
    var text = String(lines[start.line].suffix(utf8: start.offset))
    for line in lines[(start.line + 1)..<end.line] { text += "\n" + line }
    return text + "\n" + lines[end.line].prefix(utf8: end.offset)
  }

  private func flattened(_ text: String) -> String {
    guard isSingleLine, text.utf8.contains(.newline) else { return text }
    let pieces = text.utf8.split(separator: .newline).map { String(Substring($0)) }
    return pieces.joined(separator: " ")
  }
}

private func normalised(_ text: String) -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  var isAfterReturn = false
  for byte in text.utf8 {
    if !(byte == .newline && isAfterReturn) { bytes.append(byte == .carriageReturn ? .newline : byte) }
    isAfterReturn = byte == .carriageReturn
  }
  return String(decoding: bytes, as: UTF8.self)
}
