import Terminal
import TopicStore
import Testing

@testable import Explorer

@Suite struct TreeStateTests {
  /// Topics `m/10` to `m/39`, open, on a screen of 21 lines of topics, with `m/30` chosen.
  private func session() throws -> Session {
    let session = Session(120, 25)
    for number in 10..<40 { try session.receive("m/\(number)") }
    session.press("o")
    for _ in 0..<21 { session.press("j") }
    return session
  }

  @Test func `the selection stays on its topic and line while rows come above it`() throws {
    let session = try session()
    let line = session.selectedLine
    #expect(session.selected == "m/30")
    for topic in ["a", "b", "m/05", "m/11a", "m/29a"] {
      try session.receive(topic)
      #expect(session.selected == "m/30")
      #expect(session.selectedLine == line)
    }
  }

  @Test func `the selection stays on its topic and line while rows come below it`() throws {
    let session = try session()
    let line = session.selectedLine
    for topic in ["z", "m/31a", "m/99/deep"] { try session.receive(topic) }
    #expect(session.selected == "m/30")
    #expect(session.selectedLine == line)
  }

  @Test func `the selection stays on its topic while the order changes`() throws {
    let session = try session()
    for _ in 0..<5 {
      session.press("S")
      session.wait(seconds: 5)
      #expect(session.selected == "m/30")
    }
  }

  @Test func `a fold that hides the selection lights its ancestor, and opening brings it back`() throws {
    let session = try session()
    session.press("O")
    #expect(session.selected == "m")
    session.press("o")
    #expect(session.selected == "m/30")
  }

  @Test func `a filter that hides the selection gives it back when it goes`() throws {
    let session = try session()
    session.press("/")
    session.type("12")
    #expect(session.selected == "m")
    session.press("Esc")
    #expect(session.selected == "m/30")
  }

  @Test func `a match that is gone to has its branch above it on the screen`() throws {
    let session = Session(120, 25)
    for number in 10..<40 { try session.receive("b\(number)/lamp") }
    session.press("/")
    session.type("lamp")
    session.press("Enter")
    #expect(session.selected == "b10/lamp")
    #expect(session.model.tree.top == 0)
    for _ in 0..<25 { session.press("n") }
    #expect(session.selected == "b35/lamp")
    #expect(session.model.tree.top < session.model.tree.selectedRow)
  }

  @Test func `a smaller screen keeps the selection in sight`() throws {
    let session = try session()
    for rows in [10, 6, 3, 40, 6] {
      session.model.size.rows = rows
      session.refresh()
      #expect(session.selected == "m/30")
      #expect(rows < 6 || session.model.tree.rows.contains { $0.id == session.model.tree.selected })
    }
  }

  @Test func `the ends are ends`() throws {
    let session = try session()
    session.press("G j j PgDn")
    #expect(session.selected == "m/39")
    session.press("g k PgUp")
    #expect(session.selected == "m")
  }

  @Test func `a page keeps a line of context`() throws {
    let session = try session()
    session.press("g PgDn")
    #expect(session.model.tree.selectedRow == session.model.tree.page)
    #expect(session.model.tree.page == session.model.tree.rows.count - 1)
  }

  @Test func `left goes to the parent and right into the branch`() throws {
    let session = try session()
    session.press("h")
    #expect(session.selected == "m")
    session.press("h")
    #expect(session.model.tree.count == 1)
    session.press("l l")
    #expect(session.selected == "m/10")
  }
}
