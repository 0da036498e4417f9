import Terminal
import TopicStore
import Testing

@testable import Explorer

@Suite struct StreamStateTests {
  /// A branch with so many messages below it, the payload of each its number, and the keys in the stream.
  private func session(_ count: Int) throws -> Session {
    let session = Session(120, 20)
    for number in 0..<count { try session.receive("a/\(number % 3)", "\(number)") }
    session.press("2")
    return session
  }

  private func numbers(_ session: Session) -> [Int] {
    session.model.stream.entries.compactMap { Int(String(decoding: $0.prefix, as: UTF8.self)) }
  }

  private func lit(_ session: Session) -> Int? {
    let numbers = numbers(session)
    return numbers.indices.contains(session.model.stream.line) ? numbers[session.model.stream.line] : nil
  }

  @Test func `it shows what is below, newest first, and follows`() throws {
    let session = try session(50)
    #expect(numbers(session) == (36..<50).reversed())
    try session.receive("a/0", "50")
    #expect(lit(session) == 50)
  }

  @Test func `moving into it holds it`() throws {
    let session = try session(50)
    session.press("j")
    try session.receive("a/0", "50")
    #expect(lit(session) == 48)
    session.press("g")
    #expect(lit(session) == 50)
  }

  @Test func `each key down is a message, to the oldest, and each key up the same way back`() throws {
    let session = try session(50)
    for number in (0..<49).reversed() {
      session.press("j")
      #expect(lit(session) == number)
    }
    session.press("j")
    #expect(lit(session) == 0)
    for number in 1..<50 {
      session.press("k")
      #expect(lit(session) == number)
    }
  }

  @Test func `pages down and up meet every message`() throws {
    let session = try session(100)
    var seen = Set(numbers(session))
    for _ in 0..<20 {
      session.press("PgDn")
      seen.formUnion(numbers(session))
    }
    #expect(seen == Set(0..<100))
    for _ in 0..<20 { session.press("PgUp") }
    #expect(session.model.stream.isFollowing)
  }

  @Test func `the lit message stays when its line, or the whole pane, goes`() throws {
    let session = try session(50)
    session.press("j j j j j j")
    for keys in ["1 z", "z 2"] {
      session.press(keys)
      #expect(lit(session) == 43, "\(keys)")
    }
    for rows in [9, 6, 3, 40, 20] {
      session.model.size.rows = rows
      session.refresh()
      #expect(lit(session) == 43, "\(rows) rows")
    }
  }

  @Test func `Enter goes to the topic of the lit message`() throws {
    let session = try session(5)
    session.press("j Enter")
    #expect(session.selected == "a/0")
    #expect(session.model.focus == .topics)
  }

  @Test func `an empty branch has nothing to move in`() throws {
    let session = Session()
    session.press("2 j G PgUp Enter")
    #expect(session.selected.isEmpty)
  }
}
