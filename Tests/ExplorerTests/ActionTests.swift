import TopicStore
import NIOCore
import MQTT
import MQTTClient
import Testing

@testable import Explorer

@Suite struct ActionTests {
  /// A session in which each action has something to do.
  private func session(before action: Action) throws -> Session {
    let session = Session(120, 36, themes: ["dark", "light"])
    for number in 0..<30 { try session.receive("home/\(number)/light", "{\"n\":\(number)}") }
    try session.receive("single", "value")
    switch action {
    case .nextMatch, .previousMatch, .clear:
      session.press("/")
      session.type("light")
      session.press("Enter")
    case .closeAll, .closeBelow: session.press("o")
    case .up, .first, .pageUp, .halfPageUp: session.press("o G")
    case .down, .last, .pageDown, .halfPageDown: session.press("o")
    case .left: session.press("l")
    case .focusTopics: session.press("2")
    case .wrap, .publishAgain, .copyPayload, .pager: session.press("G")
    case .view: session.press("o G k")
    default: break
    }
    return session
  }

  @Test(arguments: Action.allCases)
  func `every action of the table does something`(action: Action) throws {
    let session = try session(before: action)
    let before = session.model.frame()
    let effects = session.model.perform(action)
    session.refresh()
    #expect(!effects.isEmpty || session.model.frame() != before, "\(action)")
  }

  @Test func `effects are what the keys say`() throws {
    let session = Session(themes: ["dark", "light"])
    try session.receive("a/b", "payload")
    session.press("o j")
    #expect(session.press("y") == [.copy(Array("payload".utf8))])
    #expect(session.press("Y") == [.copy(Array("a/b".utf8))])
    #expect(session.press("e") == [.page(Array("payload".utf8))])
    #expect(session.press("r") == [.perform(.reconnect)])
    #expect(session.press("F") == [.theme("light")])
    #expect(session.press("F") == [.theme("dark")])
    #expect(session.press("Ctrl+L") == [.redraw])
    #expect(session.press("Ctrl+Z") == [.suspend])
    #expect(session.press("q") == [.quit])
    #expect(session.press("Ctrl+C") == [.quit])
  }

  @Test func `q leaves zoom and filter before the program`() throws {
    let session = Session()
    try session.receive("a")
    session.press("/")
    session.type("a")
    session.press("Enter z")
    #expect(session.press("q").isEmpty)
    #expect(session.model.isZoomed == false)
    #expect(session.press("q").isEmpty)
    #expect(session.model.search == nil)
    #expect(session.press("q") == [.quit])
  }

  @Test func `Ctrl+C quits from everywhere`() throws {
    for keys in ["/", "?", "p", "z"] {
      let session = Session()
      try session.receive("a")
      session.press(keys)
      #expect(session.press("Ctrl+C") == [.quit], "\(keys)")
    }
  }

  @Test func `a publish from the form is a request, and its outcome comes back to the form`() throws {
    let session = Session()
    try session.receive("a/b", "1")
    session.press("o j p")
    session.type("on")
    let effects = session.press("Ctrl+S")
    let sent = effects.compactMap { effect -> Message? in
      guard case .form(.send(_, let message)) = effect else { return nil }
      return message
    }
    #expect(sent.map(\.topic) == ["a/b"])
    #expect(sent.map { Array($0.payload.readableBytesView) } == [Array("on".utf8)])
  }

  @Test func `read-only refuses to publish and says so`() throws {
    let session = Session(isReadOnly: true)
    try session.receive("a", "1")
    for key in ["p", "P"] {
      #expect(session.press(key).isEmpty)
      #expect(session.model.layer == .none)
      #expect(session.lines.last?.contains("--read-only") == true)
    }
  }

  @Test func `paused, what arrives is held and counted, and the session goes on`() throws {
    let session = Session()
    try session.receive("a", "1")
    session.press("Space")
    for _ in 0..<5 { try session.receive("b", "2") }
    #expect(session.model.tree.count == 1)
    #expect(session.lines[0].contains("5 held"))
    session.press("Space")
    #expect(session.model.tree.count == 2)
    #expect(session.model.store.statistics.messages == 6)
  }
}
