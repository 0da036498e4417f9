import Terminal
import Testing

@Suite struct FrameTests {
  private func point(_ column: Int, _ row: Int) -> Point { Point(column: column, row: row) }

  @Test func `a box has round corners, a title and a note`() {
    var frame = Frame(size: Size(columns: 24, rows: 4))
    frame.box(frame.bounds, title: "1 Topics", note: "name")
    #expect(
      frame.text == """
        ╭ 1 Topics ────── name ╮
        │                      │
        │                      │
        ╰──────────────────────╯
        """)
  }

  @Test func `a title that is too long is cut, a note that does not fit is left out`() {
    var frame = Frame(size: Size(columns: 10, rows: 2))
    frame.box(frame.bounds, title: "a long title", note: "note")
    #expect(frame.text == "╭ a lon… ╮\n╰────────╯")
  }

  @Test func `text is cut with an ellipsis where its place ends`() {
    var frame = Frame(size: Size(columns: 10, rows: 3))
    let clip = Rect(column: 2, row: 0, columns: 5, rows: 3)
    #expect(frame.write("temperature", at: point(2, 0), in: clip, Style()) == 5)
    #expect(frame.write("temp", at: point(2, 1), in: clip, Style()) == 4)
    #expect(frame.text == "  temp…\n  temp\n")
  }

  @Test func `pieces follow each other and say when one is missing`() {
    var frame = Frame(size: Size(columns: 6, rows: 2))
    frame.write([.init("ab", .key), .init("cd", .number)], at: point(0, 0), in: frame.bounds, on: .panel)
    frame.write([.init("abcdef", .key), .init("g", .number)], at: point(0, 1), in: frame.bounds, on: .panel)
    #expect(frame.text == "abcd\nabcde…")
    #expect(frame.roles == "2 key/panel 2 number/panel 2 text/base\n6 key/panel")
  }

  @Test func `wide scalars are never halved`() {
    var frame = Frame(size: Size(columns: 6, rows: 4))
    frame.write("日本語", at: point(0, 0), Style())
    frame.write("x", at: point(1, 0), Style())
    frame.write("日本語日", at: point(0, 1), Style(), )
    frame.write("日本", at: point(-1, 2), in: frame.bounds, Style())
    frame.write("a日本語", at: point(0, 3), in: frame.bounds, Style())
    #expect(frame.text == " x本語\n日本 …\n 本\na日本…")
  }

  @Test func `scrolled text begins at the clip`() {
    var frame = Frame(size: Size(columns: 8, rows: 1))
    let clip = Rect(column: 2, row: 0, columns: 4, rows: 1)
    #expect(frame.write("abcdefgh", at: point(-1, 0), in: clip, Style()) == 7)
    #expect(frame.text == "  def…")
  }

  @Test func `nothing is drawn outside, and nothing traps`() {
    for columns in 0..<4 {
      for rows in 0..<4 {
        var frame = Frame(size: Size(columns: columns, rows: rows))
        for place in [-2_000_000_000, -1, 0, 1, 2, 3, 2_000_000_000] {
          let rect = Rect(column: place, row: place, columns: 3, rows: 3)
          frame.box(rect, title: "日本", note: "e\u{301}")
          frame.fill(rect, Style())
          frame.write("日e\u{301}\u{1B}", at: rect.origin, in: rect, Style())
          frame.write("\u{301}日", at: point(1, 1), in: rect, Style())
          _ = frame[place, place]
        }
        #expect(frame.text.split(separator: "\n", omittingEmptySubsequences: false).count == max(1, rows))
      }
    }
  }

  @Test func `rectangles are cut without ever becoming negative`() {
    let rect = Rect(column: 0, row: 0, columns: 10, rows: 2)
    #expect(rect.split(columns: -3).right == Rect(column: 7, row: 0, columns: 3, rows: 2))
    #expect(rect.split(rows: 5).bottom.isEmpty)
    #expect(rect.inset(columns: 9, rows: 9).isEmpty)
    #expect(rect.centred(Size(columns: 4, rows: 9)) == Rect(column: 3, row: 0, columns: 4, rows: 2))
    #expect(rect.line(2).isEmpty)
  }
}
