import TopicStore
import Terminal
import Testing

@testable import Explorer

@Suite struct MouseTests {
  private func session() throws -> Session {
    let session = Session(120, 36)
    for number in 10..<60 { try session.receive("m/\(number)") }
    session.press("o")
    return session
  }

  @Test func `a click chooses, a second one folds`() throws {
    let session = try session()
    session.mouse(.press(.left), 5, 4)
    #expect(session.selected == "m/11")
    session.mouse(.press(.left), 5, 2)
    #expect(session.selected == "m")
    #expect(session.model.tree.count == 51)
    session.mouse(.press(.left), 5, 2)
    #expect(session.model.tree.count == 1)
  }

  @Test func `a click gives its pane the keys`() throws {
    let session = try session()
    session.press("j")
    session.mouse(.press(.left), 80, 5)
    #expect(session.model.focus == .message)
    session.mouse(.press(.left), 80, 30)
    #expect(session.model.focus == .history)
  }

  @Test func `a click on a line of the frame, or below the last row, chooses nothing`() throws {
    let session = try session()
    session.mouse(.press(.left), 5, 4)
    for row in [0, 1, 35] { session.mouse(.press(.left), 5, row) }
    #expect(session.selected == "m/11")
  }

  @Test func `the wheel scrolls what it is over and not what has the keys`() throws {
    let session = try session()
    session.mouse(.wheelDown, 5, 10)
    #expect(session.model.tree.top == 3)
    session.mouse(.wheelUp, 5, 10)
    session.mouse(.wheelUp, 5, 10)
    #expect(session.model.tree.top == 0)
    #expect(session.model.focus == .topics)
  }

  @Test func `the wheel leaves the selection as long as it can be seen`() throws {
    let session = try session()
    for _ in 0..<10 { session.press("j") }
    session.mouse(.wheelDown, 5, 10)
    #expect(session.selected == "m/19")
    for _ in 0..<3 { session.mouse(.wheelDown, 5, 10) }
    #expect(session.model.tree.top == 12)
    #expect(session.model.tree.rows.contains { $0.id == session.model.tree.selected })
  }

  @Test func `the divider is dragged until the button is released`() throws {
    let session = try session()
    session.mouse(.press(.left), 48, 10)
    session.mouse(.drag(.left), 60, 12)
    #expect(session.model.layout.divider == 60)
    session.mouse(.release(.left), 60, 12)
    session.mouse(.drag(.left), 90, 12)
    #expect(session.model.layout.divider == 60)
  }

  @Test func `the divider stops where a pane would have no room`() throws {
    let session = try session()
    session.mouse(.press(.left), 48, 10)
    session.mouse(.drag(.left), 0, 12)
    #expect(session.model.layout.divider == 30)
    session.mouse(.drag(.left), 119, 12)
    #expect(session.model.layout.divider == 80)
  }

  @Test func `other buttons do nothing`() throws {
    let session = try session()
    let before = session.model.frame()
    for button in [MouseEvent.Button.middle, .right] { session.mouse(.press(button), 5, 4) }
    session.mouse(.move, 5, 4)
    #expect(session.model.frame() == before)
  }
}
