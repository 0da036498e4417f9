import Glibc
import Testing

@testable import mqttscope

@Suite struct LineReaderTests {
  /// Every line that a reader gives when its input comes in these pieces.
  private func lines(_ pieces: [String]) throws -> [String] {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    var reader = LineReader(descriptor: ends[0])
    var lines: [String] = []
    for piece in pieces + [""] {
      if piece.isEmpty { close(ends[1]) } else { _ = write(ends[1], piece, piece.utf8.count) }
      try reader.read()
      while let line = reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    }
    #expect(reader.isFinished)
    return lines
  }

  @Test func `a newline ends a line and is not part of it`() throws {
    #expect(try lines(["a\nb\n"]) == ["a", "b"])
    #expect(try lines(["a\r\n\n\n b"]) == ["a\r", "", "", " b"])
    #expect(try lines([]) == [])
  }

  @Test func `a line comes whole however it was cut`() throws {
    let text = "one\ntwo\n\nlast"
    for first in 1..<text.count {
      for second in first..<text.count {
        let bytes = Array(text)
        let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]].map { String($0) }
        #expect(try lines(pieces.filter { !$0.isEmpty }) == ["one", "two", "", "last"])
      }
    }
  }
}
