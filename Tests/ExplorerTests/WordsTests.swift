import Terminal
import Testing

@testable import Explorer

@Suite struct WordsTests {
  @Test func `sentences break at spaces, and at line feeds`() {
    #expect(Words.wrapped("one two three", columns: 7) == ["one two", "three"])
    #expect(Words.wrapped("one\ntwo", columns: 7) == ["one", "two"])
    #expect(Words.wrapped("", columns: 7) == [""])
  }

  @Test func `a word longer than the line goes on in the next`() {
    #expect(Words.wrapped("a broker.example.org b", columns: 6) == ["a", "broker", ".examp", "le.org", "b"])
  }

  @Test func `wide characters count twice`() {
    #expect(Words.wrapped("日本 日本", columns: 8) == ["日本", "日本"])
    #expect(Words.wrapped("日本 日本", columns: 9) == ["日本 日本"])
  }

  @Test func `no columns at all are not the end`() {
    #expect(Words.wrapped("a b", columns: 0) == ["a", "b"])
  }
}
