import Payloads
import Testing

@Suite struct OneLineTests {
  private func text(_ payload: String, limit: Int = 40, size: Int? = nil) -> String {
    oneLine(Array(payload.utf8), size: size ?? payload.utf8.count, limit: limit).text
  }

  @Test func `JSON loses its spacing and keeps its digits`() {
    #expect(text("{ \"t\" : 21.40,\n \"u\": [ 1e5, \"a b\" ] }") == "{\"t\":21.40,\"u\":[1e5,\"a b\"]}")
    let line = oneLine(Array("{\"a\": 1}".utf8), size: 8, limit: 40)
    #expect(line.spans.map(\.token) == [.punctuation, .key, .punctuation, .number, .punctuation])
  }

  @Test func `what does not fit ends with a mark`() {
    #expect(text("{\"temperature\": 21.4}", limit: 10) == "{\"tempera…")
    #expect(text("hello", limit: 5) == "hello")
    #expect(text("hello", limit: 4) == "hel…")
    #expect(text("hello", limit: 0) == "")
    #expect(text("{ \"a\": \"bc", size: 500) == "{\"a\":\"bc…")
    #expect(text("{ \"a\": fal", size: 500) == "{\"a\":fal…")
    #expect(text("{ \"a\": 12", size: 500) == "{\"a\":12…")
  }

  @Test func `text shows where its lines end`() {
    #expect(text("a\r\nb\nc\td") == "a⏎b⏎c⇥d")
    #expect(text("{ a: 1 }") == "{ a: 1 }")
    #expect(text("") == "empty")
    #expect(oneLine(Array("12.50".utf8), size: 5, limit: 9).spans == [.init("12.50", .number)])
  }

  @Test func `a prefix that ends within a character does not call it invalid`() {
    let euro = Array("12 €".utf8)
    #expect(oneLine(Array(euro.dropLast()), size: 300, limit: 20).text == "12 …")
    #expect(oneLine(euro, size: 300, limit: 20).text == "12 €…")
    #expect(oneLine([0xE2], size: 300, limit: 20).text == "…")
    #expect(oneLine([], size: 300, limit: 20).text == "…")
  }

  @Test func `binary shows its size and first bytes`() {
    #expect(oneLine([0, 1, 0xFF], size: 3, limit: 40).text == "3 B 00 01 ff")
    #expect(oneLine([0, 1, 0xFF], size: 12_345, limit: 40).text == "12.3 kB 00 01 ff…")
  }
}
