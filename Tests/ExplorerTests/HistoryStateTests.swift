import Terminal
import TopicStore
import Payloads
import Testing

@testable import Explorer

@Suite struct HistoryStateTests {
  /// A topic with so many messages, one a second, the payload of each its number.
  private func session(_ count: Int) throws -> Session {
    let session = Session()
    for number in 0..<count {
      try session.receive("a", "\(number)")
      session.wait(seconds: 1)
    }
    session.press("3")
    return session
  }

  private func shown(_ session: Session) -> String { session.model.message.document?.line(0).text ?? "" }

  @Test func `it follows the newest until an older one is chosen`() throws {
    let session = try session(3)
    try session.receive("a", "3")
    #expect(shown(session) == "3")
    session.press("j")
    #expect(shown(session) == "2")
    try session.receive("a", "4")
    #expect(shown(session) == "2")
    session.press("k k")
    #expect(shown(session) == "4")
    try session.receive("a", "5")
    #expect(shown(session) == "5")
  }

  @Test func `the chosen message stays on its line while newer ones arrive`() throws {
    let session = try session(40)
    session.press("j j j j")
    let line = session.model.history.line
    for number in 40..<60 { try session.receive("a", "\(number)") }
    #expect(session.model.history.line == line)
    #expect(shown(session) == "35")
  }

  @Test func `the oldest is the end, and the first key back is the newest`() throws {
    let session = try session(40)
    session.press("G j PgDn")
    #expect(shown(session) == "0")
    session.press("g")
    #expect(shown(session) == "39")
    #expect(session.model.history.chosen == nil)
  }

  @Test func `a page moves by a page`() throws {
    let session = try session(40)
    let page = session.model.history.page
    session.press("PgDn")
    #expect(shown(session) == "\(39 - page)")
    session.press("PgUp")
    #expect(shown(session) == "39")
  }

  @Test func `gaps are those to the message before, and their mean is said`() throws {
    let session = try session(4)
    #expect(session.model.history.entries.map(\.gap) == [1_000_000_000, 1_000_000_000, 1_000_000_000, nil])
    session.wait(seconds: 100)
    #expect(session.model.history.meanGap == 1_000_000_000)
  }

  @Test func `another topic starts with its newest message`() throws {
    let session = try session(4)
    try session.receive("b", "x")
    session.press("j j 1 j")
    #expect(shown(session) == "x")
    session.press("k")
    #expect(shown(session) == "3")
  }

  @Test func `what is chosen stays when its line, or the whole pane, goes`() throws {
    let session = try session(40)
    session.press("j j j j j j")
    for keys in ["2 z", "z", "1 z", "z"] {
      session.press(keys)
      #expect(shown(session) == "33", "\(keys)")
    }
    for rows in [12, 6, 3, 20, 60, 36] {
      session.model.size.rows = rows
      session.refresh()
      #expect(shown(session) == "33", "\(rows) rows")
    }
  }

  @Test func `what is chosen stays while the screen is paused`() throws {
    let session = try session(4)
    session.press("j Space")
    for number in 4..<9 { try session.receive("a", "\(number)") }
    #expect(shown(session) == "2")
    #expect(session.model.history.seen == 4)
    session.press("Space")
    #expect(shown(session) == "2")
    #expect(session.model.history.seen == 9)
  }
}
