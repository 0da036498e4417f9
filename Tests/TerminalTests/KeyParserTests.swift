import Terminal
import Testing

@Suite struct KeyParserTests {
  private static let cases: [(String, [Key])] = [
    ("a", [.character("a")]), ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]),
    ("\u{8}", [.backspace]),
    ("\u{3}", [.control("c")]), ("\u{1A}", [.control("z")]), ("\u{0}", [.control(" ")]), ("\u{1F}", [.control("_")]),
    ("é日👍", [.character("é"), .character("日"), .character("👍")]),
    ("\u{1B}[A\u{1B}OA", [.up, .up]), ("\u{1B}[B\u{1B}OD\u{1B}OC", [.down, .left, .right]),
    ("\u{1B}[H\u{1B}OH\u{1B}[1~\u{1B}[7~", [.home, .home, .home, .home]),
    ("\u{1B}[F\u{1B}OF\u{1B}[4~\u{1B}[8~", [.end, .end, .end, .end]),
    ("\u{1B}[2~\u{1B}[3~\u{1B}[5~\u{1B}[6~", [.insert, .delete, .pageUp, .pageDown]),
    ("\u{1B}[1;5A\u{1B}O5A\u{1B}Oa", [.modified(.up, .control), .modified(.up, .control), .modified(.up, .control)]),
    ("\u{1B}[1;2C\u{1B}[c", [.modified(.right, .shift), .modified(.right, .shift)]),
    ("\u{1B}[1;3D\u{1B}\u{1B}[D", [.modified(.left, .alt), .modified(.left, .alt)]),
    ("\u{1B}[3;5~\u{1B}[3^", [.modified(.delete, .control), .modified(.delete, .control)]),
    ("\u{1B}[5$\u{1B}[5@", [.modified(.pageUp, .shift), .modified(.pageUp, [.control, .shift])]),
    ("\u{1B}[Z\u{1B}[1;2Z", [.backTab, .backTab]),
    ("\u{1B}OP\u{1B}[11~\u{1B}[[A\u{1B}[P", [.function(1), .function(1), .function(1), .function(1)]),
    ("\u{1B}[[E\u{1B}[15~\u{1B}[17~\u{1B}[21~", [.function(5), .function(5), .function(6), .function(10)]),
    ("\u{1B}[23~\u{1B}[24~\u{1B}[34~", [.function(11), .function(12), .function(20)]),
    ("\u{1B}[1;5P", [.modified(.function(1), .control)]),
    ("\u{1B}x\u{1B}\r\u{1B}é", [.alt("x"), .modified(.enter, .alt), .alt("é")]),
    ("\u{1B}OM\u{1B}Op\u{1B}Ok", [.enter, .character("0"), .character("+")]),
    (
      "\u{1B}[13;5u\u{1B}[97;5u\u{1B}[27;5;13~\u{1B}[27;1u",
      [.modified(.enter, .control), .control("a"), .modified(.enter, .control), .escape]
    ),
    ("\u{1B}[I\u{1B}[O", [.focusGained, .focusLost]),
    ("\u{1B}[<0;3;2M\u{1B}[<0;3;2m", [mouse(.press(.left), 2, 1), mouse(.release(.left), 2, 1)]),
    (
      "\u{1B}[<34;1;1M\u{1B}[<64;10;5M\u{1B}[<65;300;90M",
      [mouse(.drag(.right), 0, 0), mouse(.wheelUp, 9, 4), mouse(.wheelDown, 299, 89)]
    ),
    (
      "\u{1B}[<20;1;1M",
      [.mouse(MouseEvent(.press(.left), at: Point(column: 0, row: 0), modifiers: [.shift, .control]))]
    ),
    ("\u{1B}[32;3;2M\u{1B}[M #\"", [mouse(.press(.left), 2, 1), mouse(.press(.left), 2, 1)]),
    ("\u{1B}[M##\"", [mouse(.release(.left), 2, 1)]),
    ("\u{1B}[200~a\u{1B}[A\r\nb\u{1B}[201~c", [.paste(Array("a\u{1B}[A\r\nb".utf8), isWhole: true), .character("c")]),
    ("\u{1B}[200~\u{1B}[201~", [.paste([], isWhole: true)]),
    ("\u{1B}]52;c;AAAA\u{7}x\u{1B}P1$r0m\u{1B}\\y", [.character("x"), .character("y")]),
    ("\u{1B}[?62;4c\u{1B}[>1;2cz", [.character("z")]),
    ("\u{1B}[12\u{1B}[A\u{1B}[1\u{3}", [.up, .control("c")]),
    ("\u{1B}[201~\u{1B}[99~\u{1B}[1;1y", []),
  ]

  private static func mouse(_ action: MouseEvent.Action, _ column: Int, _ row: Int) -> Key {
    .mouse(MouseEvent(action, at: Point(column: column, row: row)))
  }

  @Test(arguments: cases.indices)
  func `a sequence means its keys, wherever it was split`(index: Int) {
    let (text, keys) = KeyParserTests.cases[index]
    let bytes = Array(text.utf8)
    for first in 0...bytes.count {
      for second in first...bytes.count {
        var parser = KeyParser()
        var found = parser.feed(bytes[..<first], at: 0)
        found += parser.feed(bytes[first..<second], at: 1)
        found += parser.feed(bytes[second...], at: 2)
        #expect(found == keys, "split at \(first) and \(second)")
        #expect(parser.deadline == nil)
      }
    }
  }

  @Test func `a lone escape is a key after its delay and not before`() {
    var parser = KeyParser()
    #expect(parser.feed([0x1B], at: 100) == [])
    #expect(parser.deadline == 100 + KeyParser.escapeDelay)
    #expect(parser.flush(at: 99 + KeyParser.escapeDelay) == [])
    #expect(parser.flush(at: 100 + KeyParser.escapeDelay) == [.escape])
    #expect(parser.deadline == nil)
    #expect(parser == KeyParser())
  }

  @Test func `a key that comes after the delay is its own`() {
    var parser = KeyParser()
    #expect(parser.feed([0x1B], at: 0) == [])
    #expect(parser.feed(Array("[".utf8), at: KeyParser.escapeDelay) == [.escape, .character("[")])
  }

  @Test func `Escape and a control character that come together are two keys`() {
    var parser = KeyParser()
    #expect(parser.feed([0x1B, 0x03], at: 0) == [.escape, .control("c")])
    #expect(parser.feed([0x1B, 0x1B, 0x13], at: 0) == [.escape, .escape, .control("s")])
  }

  @Test func `what began like a sequence is a key with Alt after the delay`() {
    for (text, keys) in [
      ("\u{1B}[", [Key.alt("[")]), ("\u{1B}O", [.alt("O")]), ("\u{1B}]", [.alt("]")]),
      ("\u{1B}\u{1B}", [.escape, .escape]),
    ] {
      var parser = KeyParser()
      #expect(parser.feed(Array(text.utf8), at: 0) == [])
      #expect(parser.flush(at: KeyParser.escapeDelay) == keys)
    }
  }

  @Test func `half a sequence is forgotten in the end`() {
    for text in ["\u{1B}[1;", "\u{1B}]52;c;AA", "\u{1B}[M#", "\u{1B}[["] {
      var parser = KeyParser()
      #expect(parser.feed(Array(text.utf8), at: 0) == [])
      #expect(parser.flush(at: KeyParser.sequenceDelay) == [])
      #expect(parser.feed(Array("a".utf8), at: KeyParser.sequenceDelay) == [.character("a")])
    }
  }

  @Test func `a paste that never ends gives what came of it`() {
    var parser = KeyParser()
    #expect(parser.feed(Array("\u{1B}[200~abc".utf8), at: 0) == [])
    #expect(parser.flush(at: KeyParser.pasteDelay) == [.paste(Array("abc".utf8), isWhole: false)])
    #expect(parser.feed(Array("d".utf8), at: KeyParser.pasteDelay) == [.character("d")])
  }

  @Test func `a paste is bounded, and what follows it is read`() {
    var parser = KeyParser()
    _ = parser.feed(Array("\u{1B}[200~".utf8), at: 0)
    let chunk = [UInt8](repeating: 0x61, count: 1 << 20)
    for _ in 0..<17 {
      #expect(parser.feed(chunk, at: 0) == [])
    }
    let keys = parser.feed(Array("\u{1B}[201~q".utf8), at: 0)
    #expect(keys == [.paste(Array(repeating: 0x61, count: KeyParser.pasteLimit), isWhole: false), .character("q")])
  }

  @Test func `garbage never traps and never locks the keyboard`() {
    var random = SystemRandomNumberGenerator()
    let favourites = Array("\u{1B}[O<;0123456789~MmuABP$^@]?\\".utf8)
    for _ in 0..<3_000 {
      var parser = KeyParser()
      for step in 0..<4 {
        let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
          Bool.random(using: &random)
            ? UInt8.random(in: 0...255, using: &random) : favourites.randomElement(using: &random) ?? 0
        }
        _ = parser.feed(bytes, at: Int64(step) * 30_000_000)
      }
      _ = parser.flush(at: .max)
      #expect(parser.feed(Array("q".utf8), at: 0) == [.character("q")])
    }
  }

  @Test func `a sequence too long to mean anything is dropped whole`() {
    var parser = KeyParser()
    let bytes = Array("\u{1B}[".utf8) + Array(repeating: UInt8(ascii: "1"), count: 100_000) + Array("~a".utf8)
    #expect(parser.feed(bytes, at: 0) == [.character("a")])
  }
}
