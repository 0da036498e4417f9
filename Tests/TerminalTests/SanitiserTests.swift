import Terminal
import Testing

@Suite struct SanitiserTests {
  private func shown(_ text: String) -> String {
    var frame = Frame(size: Size(columns: 80, rows: 1))
    frame.write(text, at: Point(column: 0, row: 0), Style())
    return frame.text
  }

  private func shown(_ bytes: [UInt8]) -> String {
    var frame = Frame(size: Size(columns: 80, rows: 1))
    frame.write(bytes: bytes, at: Point(column: 0, row: 0), in: frame.bounds, Style())
    return frame.text
  }

  @Test func `an escape sequence is shown and not obeyed`() {
    #expect(shown("a\u{1B}[2Jb") == "a␛[2Jb")
    #expect(shown("a\u{9B}2Jb") == "a⟨U+009B⟩2Jb")
    #expect(shown("\u{1B}]52;c;AAAA\u{7}") == "␛]52;c;AAAA␇")
  }

  @Test func `every control has a picture or a number`() {
    #expect(shown("\u{0}\t\r\n\u{1F}\u{7F}") == "␀␉␍␊␟␡")
    #expect(shown("\u{80}\u{85}\u{9F}") == "⟨U+0080⟩⟨U+0085⟩⟨U+009F⟩")
  }

  @Test(arguments: [
    0x61C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0x2028, 0x2029, 0x200B, 0x2060, 0xFEFF, 0xAD, 0x180E,
  ])
  func `nothing reorders, breaks or hides text`(code: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(code))
    let number =
      String(repeating: "0", count: code < 0x100 ? 2 : code < 0x1000 ? 1 : 0) + String(code, radix: 16, uppercase: true)
    #expect(shown("a\(scalar)b") == "a⟨U+\(number)⟩b")
  }

  @Test func `what has no agreed look is shown by its number`() {
    #expect(shown("\u{E000}") == "⟨U+E000⟩")
    #expect(shown("\u{378}") == "⟨U+0378⟩")
    #expect(shown("\u{FFFE}") == "⟨U+FFFE⟩")
    #expect(shown("\u{3164}") == "⟨U+3164⟩")
    #expect(shown("\u{E0067}") == "⟨U+E0067⟩")
  }

  @Test func `bytes that are not UTF-8 are shown one by one`() {
    #expect(shown([0x61, 0xFF, 0x62]) == "a\\xFFb")
    #expect(shown([0xC0, 0x80]) == "\\xC0\\x80")
    #expect(shown([0xED, 0xA0, 0x80]) == "\\xED\\xA0\\x80")
    #expect(shown([0xE6, 0x97]) == "\\xE6\\x97")
    #expect(shown([0xF4, 0x90, 0x80, 0x80]) == "\\xF4\\x90\\x80\\x80")
    #expect(shown(Array("日".utf8)) == "日")
  }

  @Test func `a mark joins the scalar before it, and no more than four do`() {
    #expect(shown("e\u{301}") == "e\u{301}")
    #expect(shown("\u{301}") == "⟨U+0301⟩")
    #expect(shown("\u{1B}\u{301}") == "␛⟨U+0301⟩")
    #expect(shown("e\u{301}\u{302}\u{303}\u{304}\u{305}") == "e\u{301}\u{302}\u{303}\u{304}⟨U+0305⟩")
  }

  @Test func `emoji are taken apart so that every terminal draws the same columns`() {
    #expect(shown("👨\u{200D}👩") == "👨+👩")
    #expect(shown("👍🏽") == "👍+🏽")
    #expect(shown("🇩🇪") == "DE")
    #expect(shown("❤\u{FE0F}!") == "❤!")
    #expect(shown("a\u{FE0F}") == "a⟨U+FE0F⟩")
  }

  @Test func `what stands in for something has the role of controls`() {
    var frame = Frame(size: Size(columns: 20, rows: 1))
    frame.write("a\u{1B}b", at: Point(column: 0, row: 0), Style(.topic, on: .selected))
    #expect(frame[0, 0].style == Style(.topic, on: .selected))
    #expect(frame[1, 0].style == Style(.control, on: .selected))
    #expect(frame[2, 0].style == Style(.topic, on: .selected))
  }

  @Test func `no scalar at all reaches a cell that a terminal would act on`() {
    // Every one of the first planes' starts, and a sample of the rest.
    for code in (0...0x32FF).map(UInt32.init) + stride(from: 0x3300, through: 0x10FFFF, by: 61).map(UInt32.init) {
      guard let scalar = Unicode.Scalar(code) else { continue }
      var frame = Frame(size: Size(columns: 12, rows: 1))
      frame.write("\(scalar)", at: Point(column: 0, row: 0), Style())
      let cell = frame[0, 0].scalar
      let category = cell.properties.generalCategory
      #expect(category != .control && category != .format && category != .privateUse && category != .unassigned)
    }
  }
}
