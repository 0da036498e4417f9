import Terminal
import TestSupport
import Testing

@testable import Explorer

@Suite struct TextEditorDrawTests {
  private func drawn(_ editor: TextEditor, columns: Int, rows: Int) -> Frame {
    var frame = Frame(size: Size(columns: columns, rows: rows))
    editor.draw(into: &frame, in: frame.bounds, isFocused: true)
    return frame
  }

  @Test func `the lines around the cursor are shown`() {
    let frame = drawn(TextEditor("a\nb\nc\nd"), columns: 5, rows: 2)
    #expect(frame.text == "c\nd")
    #expect(frame.cursor == Point(column: 1, row: 1))
  }

  @Test func `a long line is scrolled to its cursor and says where it goes on`() {
    var editor = TextEditor("0123456789abcdef")
    #expect(drawn(editor, columns: 8, rows: 1).text == "bcdef")
    editor.move(to: .start)
    #expect(drawn(editor, columns: 8, rows: 1).text == "0123456…")
  }

  @Test func `half of a wide grapheme is never shown`() {
    var editor = TextEditor("日本語日本語")
    editor.scroll.column = 1
    editor.move(to: TextPosition(line: 0, offset: 6))
    #expect(drawn(editor, columns: 6, rows: 1).text == " 本語…")
    #expect(drawn(editor, columns: 6, rows: 1).cursor == Point(column: 3, row: 0))
  }

  @Test func `controls are made visible and the cursor keeps to its column`() {
    let editor = TextEditor("a\u{1B}[31mb")
    let frame = drawn(editor, columns: 20, rows: 1)
    #expect(frame.text == "a␛[31mb")
    #expect(frame.cursor == Point(column: 7, row: 0))
  }

  @Test func `columns and places agree for every grapheme of a mixed line`() {
    let line = "ab é e\u{301} 日本 👨‍👩‍👧 \t x\u{7F}"
    var offset = 0
    for grapheme in line {
      let column = LineColumns.column(of: offset, in: line)
      #expect(LineColumns.place(at: column, in: line).offset == offset)
      #expect(LineColumns.place(at: column, in: line).column == column)
      offset += grapheme.utf8.count
    }
    #expect(LineColumns.column(of: offset, in: line) == TextWidth.of(line))
  }

  @Test func `a column that is remembered is right whatever joins and comes apart, through undo and redo too`() throws {
    let pieces = ["a", "ｶ", "ﾞ", "e", "\u{301}", "\u{200D}", "\u{FE0F}", "👩", "🏽", "🇩", "한", "\u{1160}", "b\nc"]
    let keys: [Key] = [
      .control("u"), .control("u"), .control("y"), .left, .right, .home, .backspace, .delete, .control("w"),
    ]
    for seed in UInt64(1)...300 {
      var random = Chance(seed: seed)
      var editor = TextEditor(isSingleLine: random.happens(onceIn: 2))
      for step in 0..<60 {
        if random.happens(onceIn: 2) {
          editor.paste(random.pick(pieces))
        } else {
          _ = editor.handle(random.pick(keys), page: 2)
        }
        let (line, place) = (editor.lines[editor.cursor.line], editor.cursor.offset)
        try #require(editor.column == LineColumns.column(of: place, in: line), "seed \(seed), step \(step)")
        if random.happens(onceIn: 2) { editor.scrollToCursor(in: Size(columns: 1 + random.number(below: 4), rows: 2)) }
        _ = drawn(editor, columns: 3, rows: 2)
      }
    }
  }
}
