import Terminal
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
}
