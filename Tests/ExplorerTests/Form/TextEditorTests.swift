import Terminal
import TestSupport
import Testing

@testable import Explorer

@Suite struct TextEditorTests {
  private func editor(_ text: String, _ keys: Key...) -> TextEditor {
    var editor = TextEditor(text)
    for key in keys { _ = editor.handle(key, page: 3) }
    return editor
  }

  private func type(_ text: String, into editor: inout TextEditor) {
    for character in text { _ = editor.handle(.character(character), page: 3) }
  }

  @Test func `typing goes where the cursor is`() {
    #expect(editor("ac", .left, .character("b")).text == "abc")
    #expect(editor("ab", .left, .enter).lines == ["a", "b"])
  }

  @Test func `backspace at the start of a line joins it to the one before`() {
    #expect(editor("ab\ncd", .control("a"), .character("x")).text == "ab\nxcd")
    let joined = editor("ab\ncd", .home, .backspace)
    #expect(joined.text == "abcd")
    #expect(joined.cursor == TextPosition(line: 0, offset: 2))
  }

  @Test func `the cursor steps over whole graphemes`() {
    let family = "👨‍👩‍👧"
    #expect(editor("a\(family)b", .left, .left).cursor.offset == 1)
    #expect(editor("a\(family)b", .left, .backspace).text == "ab")
    #expect(editor("e\u{301}x", .home, .delete).text == "x")
  }

  @Test func `a letter typed before a combining mark leaves the cursor between graphemes`() {
    var text = TextEditor("\u{301}x")
    text.move(to: .start)
    text.insert("e")
    #expect(text.cursor.offset == 3)
    type("!", into: &text)
    #expect(Array(text.text.utf8) == Array("e\u{301}!x".utf8))
  }

  @Test func `words are stepped over and deleted`() {
    #expect(editor("one two_2  three", .modified(.left, .control)).cursor.offset == 11)
    #expect(editor("one two_2  three", .control("w"), .control("w")).text == "one ")
    #expect(editor("one two", .home, .modified(.right, .control)).cursor.offset == 3)
    #expect(editor("a\nb", .home, .modified(.left, .control)).cursor == TextPosition(line: 0, offset: 1))
  }

  @Test func `the end of a line is deleted, then the line end itself`() {
    #expect(editor("ab\ncd", .up, .home, .control("k")).text == "\ncd")
    #expect(editor("ab\ncd", .up, .home, .control("k"), .control("k")).text == "cd")
  }

  @Test func `going through a short line keeps the column`() {
    let text = editor("abcdef\nx\nabcdef", .up, .up)
    #expect(text.cursor == TextPosition(line: 0, offset: 6))
    #expect(editor("日本語\nabcdef", .left, .up).cursor == TextPosition(line: 0, offset: 6))
  }

  @Test func `up on the first line and down on the last are not the editor's`() {
    var text = TextEditor("a\nb")
    let isUsed = [Key.down, .up, .up].map { text.handle($0, page: 3) }
    #expect(isUsed == [false, true, false])
  }

  @Test func `typing is undone word by word and redone`() {
    var text = TextEditor()
    type("one two", into: &text)
    var seen: [String] = []
    while text.undo() { seen.append(text.text) }
    while text.redo() { seen.append(text.text) }
    #expect(seen == ["one ", "", "one ", "one two"])
  }

  @Test func `deleting backwards is undone as one`() {
    var text = editor("hello", .backspace, .backspace)
    _ = text.undo()
    #expect(text.text == "hello")
    #expect(text.cursor.offset == 5)
  }

  @Test func `a paste turns the line ends of terminals into lines`() {
    #expect(editor("", .paste(Array("a\rb\r\nc\nd".utf8), isWhole: true)).lines == ["a", "b", "c", "d"])
    var line = TextEditor(isSingleLine: true)
    line.paste("a\nb\n")
    #expect(line.text == "a b")
  }

  @Test func `a text that was set keeps its carriage returns`() {
    let text = TextEditor("a\r\nb")
    #expect(Array(text.text.utf8) == Array("a\r\nb".utf8))
    #expect(text.lines.count == 2)
  }

  @Test func `random edits agree with a plain string, and undo leads back`() {
    for seed in UInt64(1)...20 {
      var random = Chance(seed: seed)
      var text = TextEditor()
      var plain: [UInt8] = []
      for _ in 0..<200 {
        step(&text, &plain, &random)
        #expect(Array(text.text.utf8) == plain, "seed \(seed)")
        #expect(text.byteCount == plain.count, "seed \(seed)")
        let line = text.lines[text.cursor.line]
        #expect(text.column == LineColumns.column(of: text.cursor.offset, in: line), "seed \(seed)")
        if Bool.random(using: &random) { text.scrollToCursor(in: Size(columns: 4, rows: 2)) }
      }
      while text.undo() {}
      #expect(text.isEmpty, "seed \(seed)")
      while text.redo() {}
      #expect(Array(text.text.utf8) == plain, "seed \(seed)")
    }
  }

  /// One random motion, then one random edit of both.
  private func step(_ text: inout TextEditor, _ plain: inout [UInt8], _ random: inout Chance) {
    let motions: [Key] = [.left, .right, .up, .down, .home, .end, .pageUp, .modified(.left, .control)]
    for _ in 0..<3 { _ = text.handle(motions.randomElement(using: &random) ?? .left, page: 2) }
    let place = text.lines[..<text.cursor.line].reduce(text.cursor.offset) { $0 + $1.utf8.count + 1 }
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      let before = text.byteCount
      _ = text.handle(.delete, page: 2)
      plain.removeSubrange(place..<(place + before - text.byteCount))
    default:
      let pieces = ["a", "\n", "\u{301}", "\u{200D}", "é", "👨‍👩‍👧", "e\u{301}", "x\ny\nz", "日", " "]
      let piece = pieces.randomElement(using: &random) ?? "a"
      text.insert(piece)
      plain.insert(contentsOf: piece.utf8, at: place)
    }
  }

  @Test func `a paste of two megabytes is quick, and so is each key after it`() {
    let long = String(repeating: "{\"temperature\": 21.4},", count: 90_000)
    let many = String(repeating: "{\"temperature\": 21.4},\n", count: 90_000)
    for text in [long, many] {
      var editor = TextEditor()
      let paste = ContinuousClock().measure { _ = editor.handle(.paste(Array(text.utf8), isWhole: true), page: 20) }
      let key = ContinuousClock().measure { for _ in 0..<10 { _ = editor.handle(.character("x"), page: 20) } }
      var frame = Frame(size: Size(columns: 80, rows: 24))
      let draw = ContinuousClock().measure { editor.draw(into: &frame, in: frame.bounds, isFocused: true) }
      // Generous: these run unoptimised, on a loaded machine.
      #expect(paste < .seconds(4), "\(paste)")
      #expect(key < .seconds(1), "\(key)")
      #expect(draw < .seconds(2), "\(draw)")
    }
  }
}
