import CVTerm
import TestSupport
import Testing

@Suite struct VirtualTerminalTests {
  private func terminal(columns: Int = 20, rows: Int = 4) throws -> VirtualTerminal {
    try VirtualTerminal(size: TerminalSize(columns: columns, rows: rows))
  }

  @Test func `text lands in rows without trailing blanks`() throws {
    let terminal = try terminal()
    terminal.feed("one  \r\n\u{1b}[3;5Hthree")
    #expect(terminal.screen.rows == ["one", "", "    three", ""])
    #expect(terminal.screen.text == "one\n\n    three")
    #expect(terminal.screen.cursor == .init(column: 9, row: 2))
    #expect(terminal.screen.place(of: "ree")?.column == 6)
  }

  @Test func `a wide character takes two columns and a combining one none`() throws {
    let terminal = try terminal()
    terminal.feed("漢e\u{301}|")
    #expect(terminal.cell(column: 0, row: 0).width == 2)
    #expect(terminal.cell(column: 2, row: 0).text.unicodeScalars.count == 2)
    #expect(terminal.screen.rows[0] == "漢e\u{301}|")
  }

  @Test func `colours and attributes are those of the cell`() throws {
    let terminal = try terminal()
    terminal.feed("a\u{1b}[1;4;7;31;44mb\u{1b}[0;38;2;1;2;3;48;5;200mc")
    let plain = terminal.cell(column: 0, row: 0)
    #expect(plain.foreground == .standard && plain.background == .standard && !plain.isBold)
    let loud = terminal.cell(column: 1, row: 0)
    #expect(loud.isBold && loud.isUnderlined && loud.isReversed)
    #expect(loud.foreground == .palette(1) && loud.background == .palette(4))
    let rich = terminal.cell(column: 2, row: 0)
    #expect(rich.foreground == .rgb(1, 2, 3) && rich.background == .palette(200) && !rich.isBold)
  }

  @Test func `the alternate screen comes and goes with what was there before`() throws {
    let terminal = try terminal()
    terminal.feed("shell$ \u{1b}[?1049h\u{1b}[?25l\u{1b}[H\u{1b}[2Japp")
    #expect(terminal.screen.isAlternate && !terminal.screen.cursor.isVisible && terminal.screen.text == "app")
    terminal.feed("\u{1b}[?1049l\u{1b}[?25h")
    #expect(!terminal.screen.isAlternate && terminal.screen.cursor.isVisible && terminal.screen.text == "shell$")
  }

  @Test func `queries are answered`() throws {
    let terminal = try terminal()
    terminal.feed("ab\u{1b}[6n")
    #expect(String(decoding: terminal.takeReplies(), as: UTF8.self) == "\u{1b}[1;3R")
    #expect(terminal.takeReplies().isEmpty)
  }

  @Test func `keys come in the form that was asked for`() throws {
    let terminal = try terminal()
    terminal.press(VTERM_KEY_UP)
    terminal.feed("\u{1b}[?1h")
    terminal.press(VTERM_KEY_UP)
    #expect(String(decoding: terminal.takeReplies(), as: UTF8.self) == "\u{1b}[A\u{1b}OA")
  }

  @Test func `a paste is bracketed when the program asked for it`() throws {
    let terminal = try terminal()
    terminal.paste("x")
    terminal.feed("\u{1b}[?2004h")
    terminal.paste("y")
    #expect(String(decoding: terminal.takeReplies(), as: UTF8.self) == "x\u{1b}[200~y\u{1b}[201~")
  }

  @Test func `mouse reports come when the program asked for them`() throws {
    let terminal = try terminal()
    terminal.mouse(button: 1, isPressed: true, column: 3, row: 1)
    #expect(terminal.takeReplies().isEmpty)
    terminal.feed("\u{1b}[?1002h\u{1b}[?1006h")
    terminal.mouse(button: 1, isPressed: false, column: 3, row: 1)
    terminal.mouse(button: 1, isPressed: true, column: 4, row: 1)
    #expect(String(decoding: terminal.takeReplies(), as: UTF8.self).contains("\u{1b}[<0;5;2M"))
  }

  @Test func `commands for the window are kept, the clipboard's among them`() throws {
    let terminal = try terminal()
    terminal.feed("\u{1b}]52;c;aGk=\u{7}\u{1b}]2;a title\u{7}\u{7}")
    #expect(terminal.systemCommands == ["52;c;aGk="])
    #expect(terminal.screen.title == "a title")
    #expect(terminal.bells == 1)
  }
}
