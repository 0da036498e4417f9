import MQTT
import MQTTClient
import Terminal
import Testing
import TopicStore

@testable import Explorer

@Suite struct WorkspaceTests {
  @Test func `the broker opened last is on the screen, and the brackets go round`() {
    let desk = Desk()
    #expect(desk.status.contains("three:1883") && desk.status.contains("3/3"))
    desk.press("]")
    #expect(desk.status.contains("one:1883") && desk.status.contains("1/3"))
    desk.press("[ [")
    #expect(desk.status.contains("two:1883") && desk.status.contains("2/3"))
  }

  @Test(arguments: ["L", "i", "s"]) func `the brackets go round while a screen lies above the panes`(key: String) {
    let desk = Desk()
    let last = desk.workspace.index
    desk.press("\(key) ]")
    #expect(desk.workspace.index == (last + 1) % 3)
    desk.press("[")
    #expect(desk.workspace.index == last && desk.workspace.shown?.model.layer != Model.Layer.none)
    desk.press("/")
    if key == "L" {
      desk.press("]")
      #expect(desk.workspace.index == last)
    }
  }

  @Test func `with one broker there is no count, and the brackets say how to get another`() {
    let desk = Desk(["one"])
    #expect(!desk.status.contains("1/1"))
    desk.press("]")
    #expect(desk.text.contains("There is no other broker"))
  }

  @Test func `a server that a broker names is opened beside it, with a tree of its own`() throws {
    let desk = Desk(["one"])
    let one = desk.ids[0]
    try desk.receive("a/b", at: one)
    let subscription = Subscription(filter: "home/#")
    desk.workspace.receive(.subscribed(nil, [Grant(subscription, .success)], []), from: one)
    let reason = Disconnection.Reason.dismissed(.serverMoved, [.serverReference("two:1884")])
    desk.workspace.know(AskedTerms(endpoint: .tcp(host: "one", port: 1883)), of: one)
    desk.workspace.receive(
      .disconnected(Disconnection(reason, endpoint: .tcp(host: "one", port: 1883))), from: one)
    desk.refresh()
    let effects = desk.press("f")
    let place = desk.workspace.index
    let shown = desk.workspace.brokers[place]
    #expect(shown.id != one)
    #expect(effects == [.follow(shown.id, from: one, .tcp(host: "two", port: 1884))])
    #expect(desk.status.contains("two:1884") && desk.status.contains("2/2"))
    #expect(shown.model.store.statistics.topics == 0)
    #expect(shown.model.connection.subscriptions.map(\.subscription) == [subscription])
    desk.press("[")
    #expect(desk.status.contains("one:1883"))
    #expect(desk.workspace.brokers[desk.workspace.index].model.store.statistics.topics == 1)
    #expect(desk.press("f").isEmpty && desk.workspace.index == place, "a second time only shows what is open")
    #expect(desk.workspace.brokers.count == 2)
    // The other one has ended for good meanwhile
    let end = Disconnection(.dismissed(.notAuthorized, []), endpoint: .tcp(host: "two", port: 1884))
    desk.workspace.receive(.disconnected(end), from: shown.id)
    desk.press("[")
    #expect(desk.press("f") == [.broker(shown.id, .perform(.reconnect))])
  }

  @Test func `an event goes to its own broker, on the screen or not`() throws {
    let desk = Desk()
    try desk.receive("off/screen", at: desk.ids[0])
    try desk.receive("on/screen", at: desk.ids[2])
    desk.refresh()
    #expect(desk.text.contains("on ") && !desk.text.contains("off "))
    #expect(desk.status.contains("1 topic "))
    desk.press("]")
    #expect(desk.text.contains("off ") && !desk.text.contains("▸ on "))
  }

  @Test func `an event of a broker that was closed is for nobody`() throws {
    let desk = Desk()
    #expect(desk.workspace.close(desk.ids[1]) == [.close(desk.ids[1])])
    try desk.receive("late", at: desk.ids[1])
    #expect(desk.workspace.brokers.map(\.id) == [desk.ids[0], desk.ids[2]])
    #expect(desk.workspace.brokers.allSatisfy { $0.received == 0 })
  }

  @Test func `the status line counts what came while one did not look, and who is offline`() throws {
    let desk = Desk()
    for _ in 0..<7 { try desk.receive("a", at: desk.ids[0]) }
    try desk.receive("a", at: desk.ids[1])
    let end = Disconnection(.closed(wasAccepted: true), endpoint: .tcp(host: "two", port: 1883), retryIn: 1)
    desk.workspace.receive(.disconnected(end), from: desk.ids[1])
    desk.refresh()
    #expect(desk.status.contains("3/3 · 8 new · 1 offline"))
    desk.press("]")
    #expect(desk.status.contains("1/3 · 1 new · 1 offline"))
    desk.press("[")
    #expect(desk.status.contains("3/3 · 1 new"))
  }

  @Test func `a frame settles no store but the one on the screen`() throws {
    let desk = Desk()
    try desk.receive("a", at: desk.ids[0])  // settles: the first in a long time
    try desk.receive("b", at: desk.ids[0])
    #expect(desk.workspace.brokers[0].model.store.statistics.held == 1)
    for _ in 0..<50 { desk.wait(seconds: 1) }
    #expect(desk.workspace.brokers[0].model.store.statistics.held == 1)
    try desk.receive("c", at: desk.ids[0])
    #expect(desk.workspace.brokers[0].model.store.statistics.held == 0)
  }

  @Test func `tree, selection, pause and draft stay with their broker; past publishes and size are everyone's`() throws
  {
    let desk = Desk()
    try desk.receive("left", at: desk.ids[2])
    try desk.receive("right", at: desk.ids[2])
    desk.refresh()
    desk.press("j Space p")
    desk.type("hello")
    desk.press("Ctrl+S Esc")
    desk.press("]")
    desk.workspace.size = Size(columns: 100, rows: 24)
    #expect(desk.status.contains("live"))
    desk.press("p")
    #expect(!desk.text.contains("hello"))
    desk.press("Ctrl+O")
    #expect(desk.text.contains("hello"))
    desk.press("Esc Esc [")
    #expect(desk.status.contains("paused") && desk.workspace.frame().size == Size(columns: 100, rows: 24))
    desk.press("p")
    #expect(desk.text.contains("hello") && desk.text.contains("right"))
  }

  @Test func `a request names the broker whose screen asked for it`() {
    let desk = Desk()
    #expect(desk.press("r") == [.broker(desk.ids[2], .perform(.reconnect))])
    #expect(desk.press("] r") == [.broker(desk.ids[0], .perform(.reconnect))])
  }

  @Test func `a theme that a profile wants is there with its broker, and goes with it`() {
    let desk = Desk(theme: "light")
    #expect(desk.press("]") == [.theme("dark")])
    #expect(desk.press("[") == [.theme("light")])
  }

  @Test func `closing the one on the screen shows its neighbour, closing the last keeps its draft`() {
    let desk = Desk()
    desk.press("p")
    desk.type("a/b")
    desk.press("Esc")
    let effects = desk.workspace.close(desk.ids[2])
    #expect(effects.count == 2 && effects.last == .close(desk.ids[2]))
    desk.refresh()
    #expect(desk.status.contains("two:1883") && desk.status.contains("2/2"))
    _ = desk.workspace.close(desk.ids[0])
    desk.refresh()
    #expect(desk.status.contains("two:1883") && !desk.status.contains("/1"))
    _ = desk.workspace.close(desk.ids[1])
    #expect(desk.workspace.shown == nil && desk.workspace.brokers.isEmpty)
  }

  @Test func `no more brokers are open than may be`() {
    let desk = Desk((0..<Workspace.limit).map { "b\($0)" })
    #expect(desk.workspace.brokers.count == Workspace.limit)
    #expect(desk.workspace.open(BrokerOpening(address: "x", clientID: "", subscriptions: [])) == nil)
  }

  @Test func `every broker keeps its own budget of memory`() {
    let desk = Desk(["one"])
    var opening = BrokerOpening(address: "x", clientID: "", subscriptions: [])
    opening.memoryLimit = 128 << 20
    _ = desk.workspace.open(opening)
    #expect(desk.workspace.brokers.map { $0.model.store.statistics.memoryLimit } == [64 << 20, 128 << 20])
  }
}
