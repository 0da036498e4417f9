import Payloads
import Testing
import TestSupport

@Suite struct DocumentTests {
  private func lines(_ document: Document) -> [String] {
    document.lines(0..<document.lineCount).map(\.text)
  }

  @Test(arguments: [
    ("", Kind.empty, View.raw, "Empty"), ("ON", .text, .raw, "Text"), ("21.50", .number, .raw, "Number"),
    (" 21\n", .number, .raw, "Number"), ("+5", .number, .raw, "Number"), ("007", .number, .raw, "Number"),
    ("{}", .json, .tree, "JSON"), ("\"x\"", .json, .tree, "JSON"), ("null", .json, .tree, "JSON"),
    ("nan", .text, .raw, "Text"),
    ("{\"a\":1", .text, .raw, "Invalid JSON"), ("[12:04] started", .text, .raw, "Text"),
    ("[INFO] up", .text, .raw, "Text"), ("[1] done", .text, .raw, "Text"), ("[1,2,3", .text, .raw, "Invalid JSON"),
    ("{a:1}", .text, .raw, "Invalid JSON"),
    ("[1,]\n", .text, .raw, "Invalid JSON"),
    ("\"open", .text, .raw, "Text"),
    ("a\u{0}b", .binary, .hex, "Binary"), ("ON\u{0}", .text, .raw, "Text"), ("\u{1}", .binary, .hex, "Binary"),
    ("\u{1B}[31mred\u{1B}[0m", .text, .raw, "Text"), ("1e999", .number, .raw, "Number"),
  ])
  func `a payload is known by its bytes`(text: String, kind: Kind, shown: View, summary: String) {
    let document = Document(Array(text.utf8))
    #expect(document.kind == kind)
    #expect(document.shown == shown)
    #expect(document.summary == summary)
  }

  @Test func `bytes that are mostly not UTF-8 are binary, a stray one is text`() {
    #expect(Document([0xFF]).kind == .binary)
    #expect(Document([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]).kind == .binary)
    let degrees = Document([0x32, 0x31, 0xB0, 0x43])
    #expect(degrees.kind == .text)
    #expect(degrees.summary == "Text, not UTF-8")
    #expect(degrees.line(0).spans == [.init("21", .text), .init("\\xB0", .invalid), .init("C", .text)])
    #expect(
      degrees.problem?.description
        == "Line 1, column 3 (offset 2): The byte B0 is not UTF-8; such bytes are shown as \\xNN.")
  }

  @Test func `an empty payload says so on its one line`() {
    #expect(lines(Document([])) == ["no bytes"])
    #expect(lines(Document([], view: .hex)) == ["no bytes"])
  }

  @Test func `invalid JSON is shown as it was sent with the place of its error`() {
    let document = Document(Array("{\n  \"a\": 1,\n}".utf8))
    #expect(lines(document) == ["{", "  \"a\": 1,", "}"])
    let problem = document.problem
    #expect(problem?.line == 3 && problem?.column == 1 && problem?.offset == 12)
    #expect(document.lineIndex(containing: 12) == 2)
  }

  @Test func `text breaks at line feeds and marks carriage returns before them`() {
    let document = Document(Array("a\r\nb\n\nc\rd\n".utf8))
    #expect(lines(document) == ["a␍", "b", "", "c\rd", ""])
    #expect(document.line(0).spans == [.init("a", .text), .init("␍", .dim)])
    #expect(document.line(0).source == 0..<2)
  }

  @Test func `long lines of text go on without tearing a character`() {
    let text = String(repeating: "a€", count: 2_000) + "\nend"
    let document = Document(Array(text.utf8))
    let all = document.lines(0..<document.lineCount)
    #expect(all.map(\.isContinuation) == [false, true, true, true, false])
    #expect(all.dropLast().map(\.text).joined() + "\nend" == text)
    #expect(all.allSatisfy { $0.spans.allSatisfy { $0.token == .text } })
  }

  @Test func `a line of exactly the longest length is not continued`() {
    let full = String(repeating: "x", count: 2_048)
    #expect(lines(Document(Array((full + "\ny").utf8))) == [full, "y"])
    #expect(lines(Document(Array((full + "zy").utf8))) == [full, "zy"])
  }

  @Test func `the raw view keeps the spacing of JSON and colours it`() {
    let document = Document(Array("{ \"a\" :\t1,\n\n  \"b\":[]}".utf8), view: .raw)
    #expect(document.kind == .json)
    #expect(lines(document) == ["{ \"a\" :\t1,", "", "  \"b\":[]}"])
    #expect(
      document.line(0).spans.filter { $0.token != .text }.map(\.token) == [
        .punctuation, .key, .punctuation, .number, .punctuation,
      ])
  }

  @Test func `the raw view is the payload`() {
    var random = Chance(seed: 21)
    for round in 0..<150 {
      let bytes = RandomJSON.document(&random, spaced: true, longest: round % 10 == 0 ? 3_000 : 12)
      let document = Document(bytes, view: .raw)
      var shown = ""
      for (index, line) in document.lines(0..<document.lineCount).enumerated() {
        shown += (index > 0 && !line.isContinuation ? "\n" : "") + line.text.replacing("␍", with: "\r")
      }
      #expect(Array(shown.utf8) == bytes, "seed 21, round \(round)")
    }
  }

  @Test func `the tree of what is not JSON is what auto would show`() {
    #expect(Document(Array("ON".utf8), view: .tree).shown == .raw)
    #expect(Document([0, 1, 2], view: .tree).shown == .hex)
    #expect(Document([0, 0x41], view: .raw).line(0).text.unicodeScalars.map(\.value) == [0, 0x41])
  }

  @Test func `a hex dump has offset, bytes in eights and ASCII`() {
    let document = Document(Array("0123456789abcdef\u{1}z".utf8), view: .hex)
    #expect(
      lines(document) == [
        "0000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef",
        "0010  01 7a                                             ·z",
      ])
    #expect(document.line(1).spans.map(\.token) == [.offset, .byte, .dim, .ascii])
    #expect(document.lineIndex(containing: 17) == 1)
  }

  @Test func `a hex dump fits narrow panes`() {
    #expect(HexDump.bytesPerLine(fitting: 80, size: 100_000) == 16)
    #expect(HexDump.bytesPerLine(fitting: 40, size: 100) == 8)
    #expect(HexDump.bytesPerLine(fitting: 10, size: 100) == 4)
    let document = Document([1, 2, 3, 4, 5], view: .hex, bytesPerLine: 4)
    #expect(lines(document) == ["0000  01 02 03 04  ····", "0004  05           ·"])
    for bytes in [16, 8, 4] {
      let width = Document([UInt8](repeating: 65, count: 16), view: .hex, bytesPerLine: bytes).line(0).text.count
      #expect(HexDump.bytesPerLine(fitting: width, size: 16) == bytes)
    }
  }

  @Test func `no size, place or limit traps`() {
    for limit in [Int.min, -1, 0, 1, .max] {
      for bytes in [[], [0x7B], [0xFF, 0], Array("{\"a\": 1}".utf8)] as [[UInt8]] {
        for view in View.allCases {
          let document = Document(bytes, view: view, bytesPerLine: limit)
          _ = document.line(limit, prefix: limit)
          _ = document.lines(limit..<max(limit, 5), prefix: limit)
          #expect((0..<document.lineCount).contains(document.lineIndex(containing: limit)))
        }
        #expect(oneLine(bytes, size: max(bytes.count, limit), limit: limit).text.unicodeScalars.count < 40)
        _ = HexDump.bytesPerLine(fitting: limit, size: max(0, limit))
      }
    }
  }
}
