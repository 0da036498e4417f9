import Payloads
import Terminal
import Testing

@testable import Explorer

@Suite struct MessageStateTests {
  private func session(_ payload: String, columns: Int = 120, rows: Int = 25) throws -> Session {
    let session = Session(columns, rows)
    try session.receive("a", payload)
    session.press("2")
    return session
  }

  private static let list = "[" + (1...100).map(String.init).joined(separator: ",") + "]"

  private func first(_ session: Session) -> Int { session.model.message.position?.first ?? 0 }

  @Test func `a page moves by what is shown but a line`() throws {
    let session = try session(Self.list)
    let shown = session.model.message.lines.count
    session.press("PgDn")
    #expect(first(session) == shown)
    session.press("PgUp")
    #expect(first(session) == 1)
  }

  @Test func `the end shows the last line on the last line of the pane`() throws {
    let session = try session(Self.list)
    session.press("G")
    #expect(session.model.message.lines.last?.text == "]")
    #expect(first(session) + session.model.message.lines.count - 1 == 102)
    session.press("j PgDn")
    #expect(session.model.message.lines.last?.text == "]")
    session.press("g")
    #expect(first(session) == 1)
  }

  @Test func `what fits does not scroll`() throws {
    let session = try session("{\"a\":1}")
    session.press("j G PgDn")
    #expect(session.model.message.lines.first?.text == "{")
    #expect(session.model.message.position == nil)
  }

  @Test func `a long line is wrapped, and its parts scroll one by one`() throws {
    let session = try session(String(repeating: "x", count: 5_000), columns: 80, rows: 24)
    let lines = session.model.message.lines
    #expect(lines.allSatisfy { $0.text.count <= 78 })
    session.press("j")
    #expect(session.model.message.lines.first?.isContinuation == true)
    session.press("k")
    #expect(session.model.message.lines == lines)
  }

  @Test func `without wrapping the pane scrolls across, not past the end`() throws {
    let session = try session(String(repeating: "word ", count: 30))
    session.press("w l")
    #expect(session.model.message.left == 8)
    for _ in 0..<40 { session.press("l") }
    #expect(session.model.message.left == 149)
    for _ in 0..<40 { session.press("h") }
    #expect(session.model.message.left == 0)
    session.press("w l")
    #expect(session.model.message.left == 0)
  }

  @Test func `a newer message of the same topic keeps the place, another topic starts at its top`() throws {
    let session = try session(Self.list)
    session.press("PgDn")
    let place = first(session)
    try session.receive("a", Self.list)
    #expect(first(session) == place)
    try session.receive("b", Self.list)
    session.press("1 j")
    #expect(first(session) == 1)
  }

  @Test func `a shorter message leaves nobody behind its end`() throws {
    let session = try session(Self.list)
    session.press("G")
    try session.receive("a", "[1]")
    #expect(session.model.message.lines.isEmpty == false)
  }

  @Test func `a resize keeps the place in a hex dump, and so does a pane that comes and goes`() throws {
    let session = try session(String(repeating: "0123456789abcdef", count: 500), columns: 160, rows: 40)
    session.press("v v v PgDn PgDn PgDn")
    let place = session.model.message.lines.first?.text.prefix(4)
    session.press("1 z z 2")
    #expect(session.model.message.lines.first?.text.prefix(4) == place)
    for columns in [60, 20, 100, 160] {
      session.model.size.columns = columns
      session.refresh()
    }
    #expect(session.model.message.lines.first?.text.prefix(4) == place)
  }

  @Test func `no size is too small for any payload`() throws {
    for payload in ["", "日本語", Self.list, String(repeating: "[", count: 3_000)] {
      let session = try session(payload)
      for columns in [1, 20, 21, 22, 60, 300] {
        session.model.size.columns = columns
        session.refresh()
        session.press("G k w g v j")
        #expect(session.model.frame().size.columns == columns)
      }
    }
  }
}
