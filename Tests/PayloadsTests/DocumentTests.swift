import Payloads
import Testing

@Suite struct DocumentTests {
  @Test func `a payload without bytes is empty`() {
    #expect(Document([]).kind == .empty)
  }
}
