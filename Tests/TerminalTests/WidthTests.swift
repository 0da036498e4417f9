import Terminal
import Testing

@Suite struct WidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("né", 2), ("ne\u{301}", 2), ("日本", 4), ("한글", 4), ("╭─╮", 3), ("⣀⡠", 2), ("👍", 2), ("ｱ", 1),
    ("◆◇·", 3), ("▁▂▃", 3),
  ])
  func `a text is as wide as its scalars are on a terminal`(text: String, columns: Int) {
    #expect(TextWidth.of(text) == columns)
  }

  @Test func `what a terminal would obey is as wide as its stand-in`() {
    #expect(TextWidth.of("x\u{0}y") == 3)
    #expect(TextWidth.of("\u{1B}[0m") == 4)
    #expect(TextWidth.of("\u{85}\u{202E}") == 16)
  }

  @Test(arguments: [
    ("👨\u{200D}👩\u{200D}👧", 8), ("👍🏽", 5), ("🇩🇪", 2), ("❤\u{FE0F}", 1), ("1\u{FE0F}\u{20E3}", 1), ("a\u{FE0F}", 9),
    ("a\u{200D}b", 10), ("🏽", 2), ("می\u{200C}خ", 4),
  ])
  func `what terminals disagree about is made to have one width`(text: String, columns: Int) {
    #expect(TextWidth.of(text) == columns)
  }

  @Test func `the measured width is the drawn one, whatever the text`() {
    var random = SystemRandomNumberGenerator()
    let pool: [ClosedRange<UInt32>] = [
      0...0x2FF, 0x300...0x36F, 0x600...0x6FF, 0x2000...0x2FFF, 0x4E00...0x4EFF, 0xE000...0xE010, 0x1F1E6...0x1F1FF,
      0x1F3FA...0x1F4FF, 0xFE00...0xFE0F, 0xE0000...0xE01EF, 0x1160...0x11FF,
    ]
    for _ in 0..<500 {
      var text = String.UnicodeScalarView()
      for _ in 0..<20 {
        let range = pool[Int.random(in: 0..<pool.count, using: &random)]
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { text.append(scalar) }
      }
      var frame = Frame(size: Size(columns: 400, rows: 1))
      let drawn = frame.write(String(text), at: Point(column: 0, row: 0), Style())
      let codes = text.map { String($0.value, radix: 16) }
      #expect(drawn == TextWidth.of(String(text)), "\(codes)")
      #expect((0..<400).reduce(0) { $0 + frame[$1, 0].columns } == 400, "\(codes)")
    }
  }

  @Test func `clipping keeps the part that was asked for, with an ellipsis`() {
    #expect(TextWidth.clip("temperature", to: 20) == "temperature")
    #expect(TextWidth.clip("temperature", to: 5) == "temp…")
    #expect(TextWidth.clip("temperature", to: 5, keeping: .end) == "…ture")
    #expect(TextWidth.clip("temperature", to: 6, keeping: .middle) == "te…ure")
    #expect(TextWidth.clip("temperature", to: 1) == "…")
    #expect(TextWidth.clip("temperature", to: 0) == "")
    #expect(TextWidth.clip("temperature", to: -4) == "")
  }

  @Test func `clipping never splits a wide scalar or strands a mark`() {
    #expect(TextWidth.clip("日本語", to: 4) == "日…")
    #expect(TextWidth.clip("日本語", to: 4, keeping: .end) == "…語")
    #expect(TextWidth.clip("ae\u{301}b", to: 2, keeping: .end) == "…b")
    #expect(TextWidth.clip("xae\u{301}b", to: 3, keeping: .end) == "…e\u{301}b")
  }
}
