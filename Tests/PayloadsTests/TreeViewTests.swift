import Testing
import TestSupport

@testable import Payloads

@Suite struct TreeViewTests {
  private func tree(_ text: String) -> [String] {
    let document = Document(Array(text.utf8))
    return document.lines(0..<document.lineCount).map(\.text)
  }

  @Test func `a member or element stands on each line and empty brackets together`() {
    #expect(
      tree(#" {"b" : 1.00,"a":[1e5,{ }, [] ],"b":{"c":null}} "#) == [
        "{", "  \"b\": 1.00,", "  \"a\": [", "    1e5,", "    {},", "    []", "  ],", "  \"b\": {", "    \"c\": null",
        "  }", "}",
      ])
  }

  @Test func `tokens tell keys, strings, numbers, literals and punctuation apart`() {
    let line = Document(Array(#"{"a": "b", "c": 12, "d": true}"#.utf8))
    #expect(line.line(1).spans.map(\.token) == [.text, .key, .punctuation, .string, .punctuation])
    #expect(line.line(2).spans.map(\.token) == [.text, .key, .punctuation, .number, .punctuation])
    #expect(line.line(3).spans.map(\.token) == [.text, .key, .punctuation, .literal])
  }

  @Test func `a long string goes on over lines that are marked`() {
    let string = "\"" + String(repeating: "é", count: 3_000) + "\""
    let document = Document(Array("{\"k\":\(string),\"l\":1}".utf8))
    let lines = document.lines(0..<document.lineCount)
    #expect(lines.map(\.isContinuation) == [false, false, true, true, false, false])
    #expect(lines[1...3].flatMap(\.spans).filter { $0.token == .string }.map(\.text).joined() == string)
    #expect(lines.allSatisfy { $0.source.count <= 2_050 })
  }

  @Test func `depth beyond the sixteenth level is said, not indented`() {
    let document = Document(Array((String(repeating: "[", count: 40) + "1" + String(repeating: "]", count: 40)).utf8))
    #expect(document.lineCount == 81)
    #expect(document.line(16).text == String(repeating: " ", count: 32) + "[")
    #expect(document.line(40).text == String(repeating: " ", count: 32) + "⋯40 1")
    #expect(document.line(40).spans[1] == Line.Span("⋯40 ", .dim))
    #expect(document.line(80).text == "]")
  }

  @Test func `a hundred thousand nested brackets open and scroll`() {
    let deep = [UInt8](repeating: 0x5B, count: 100_000) + [UInt8](repeating: 0x5D, count: 100_000)
    let document = Document(deep)
    #expect(document.kind == .json)
    #expect(document.lineCount == 199_999)
    #expect(document.line(99_999).text.hasSuffix("⋯99999 []"))
    #expect(document.line(199_998).text == "]")
  }

  @Test func `the tree is the payload but for white space between tokens`() {
    var random = Chance(seed: 3)
    for round in 0..<300 {
      let bytes = RandomJSON.document(&random, spaced: true, longest: round % 10 == 0 ? 3_000 : 12)
      let document = Document(bytes, view: .tree)
      let shown = document.lines(0..<document.lineCount).flatMap { line in
        line.spans.filter { $0.token != .dim && $0.token != .text }.flatMap { span in
          span.token == .punctuation ? Array(span.text.replacing(" ", with: "").utf8) : Array(span.text.utf8)
        }
      }
      let plain = document.kind == .number ? shown.filter { $0 > 0x20 } : shown
      #expect(plain == PlainJSON.withoutSpace(bytes), "seed 3, round \(round)")
    }
  }

  @Test func `lines are the same in any order, their sources follow each other, and offsets lead back to them`() {
    var random = Chance(seed: 5)
    for round in 0..<60 {
      var bytes: [UInt8] = [0x5B]
      for _ in 0..<40 {
        bytes += RandomJSON.document(&random, spaced: true, longest: round % 4 == 0 ? 3_000 : 12) + [0x2C]
      }
      bytes[bytes.count - 1] = 0x5D
      for view in [View.tree, .raw] {
        let document = Document(bytes, view: view)
        let lines = document.lines(0..<document.lineCount)
        #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.source.upperBound <= $1.source.lowerBound })
        for _ in 0..<20 {
          let index = Int.random(in: lines.indices, using: &random)
          #expect(document.line(index) == lines[index], "seed 5, round \(round), line \(index)")
          let offset = lines[index].source.lowerBound
          #expect(document.lineIndex(containing: offset) == index, "seed 5, round \(round), offset \(offset)")
        }
      }
    }
  }

  @Test(arguments: [Lines.Style.tree, .rawJSON])
  func `a line is never far from a kept place, so that scrolling costs the same anywhere`(style: Lines.Style) {
    var random = Chance(seed: 9)
    var bytes: [UInt8] = [0x5B]
    for round in 0..<60 {
      bytes += RandomJSON.document(&random, spaced: true, longest: round % 9 == 0 ? 9_000 : 12) + [0x2C]
    }
    bytes[bytes.count - 1] = 0x5D
    let scan = JSONScan(bytes.span, style)
    let lines = Lines(style, index: scan.index, longRuns: scan.longRuns)
    for index in 0..<lines.count {
      let place = scan.index.place { $0.line <= index }
      #expect(index - place.line < 64)
      #expect(lines.line(index, prefix: .max, of: bytes).source.lowerBound - place.offset < 2_048)
    }
  }

  @Test func `a prefix of a line stops after the token that fills it`() {
    let bytes = Array("[1, 2, 3, 4, 5, 6]".utf8)
    let document = Document(bytes, view: .raw)
    #expect(document.line(0, prefix: 5).text == "[1, 2")
    #expect(document.line(0, prefix: 0).text == "[")
    #expect(document.lines(0..<9, prefix: 100).map(\.text) == ["[1, 2, 3, 4, 5, 6]"])
  }

  @Test func `mutated documents never trap and always have all their lines`() {
    var random = Chance(seed: 7)
    for _ in 0..<600 {
      var bytes = RandomJSON.document(&random, spaced: true, longest: 40)
      RandomJSON.mutate(&bytes, &random)
      for view in View.allCases {
        let document = Document(bytes, view: view)
        #expect(document.lines(0..<document.lineCount).count == document.lineCount)
        #expect(document.line(document.lineCount) == Line())
        #expect(document.line(-1) == Line())
      }
      _ = oneLine(bytes, size: bytes.count + 5, limit: 30)
    }
  }
}
