import MQTT
import MQTTClient
import Testing

@testable import Explorer

/// Another client has our identifier: the person is told, and offered another one.
@Suite struct TakeOverTests {
  @Test(arguments: [
    Disconnection.Reason.dismissed(.sessionTakenOver, []), .probablyTakenOver(clientID: "test", times: 3),
  ]) func `r goes on under another identifier, as the screen says`(reason: Disconnection.Reason) {
    let session = Session()
    session.model.receive(.disconnected(Disconnection(reason, endpoint: .tcp(host: "broker", port: 1883))))
    session.refresh()
    let text = session.lines.joined()
    #expect(text.contains("test-2") && text.contains("another client") || text.contains("Another client"))
    #expect(session.press("r") == [.perform(.rename("test-2"))])
  }

  @Test func `with topics on the screen the offer is in the notice, and ends with the next connection`() throws {
    let session = Session()
    try session.receive("a")
    let end = Disconnection(.dismissed(.sessionTakenOver, []), endpoint: .tcp(host: "broker", port: 1883))
    session.model.receive(.disconnected(end))
    session.refresh()
    #expect(session.model.notice?.sentence.hasSuffix("r goes on as “test-2”.") == true)
    session.model.receive(
      .connected(
        Connection(
          version: .v5, sessionPresent: false, clientID: "test-2", keepAlive: 60, properties: [], roundTrip: 1)))
    #expect(session.press("r") == [.perform(.reconnect)])
  }

  @Test func `what the client says about its file is a notice`() {
    let session = Session()
    session.model.receive(.journal(.failed(.inUse(path: "/x"))))
    #expect(session.model.notice?.kind == .failure)
    session.model.receive(.journal(.restored(RestoredSession(outgoing: 2, incoming: 1, subscriptions: []))))
    #expect(session.model.notice?.sentence.contains("Messages under way to the broker: 2") == true)
  }

  @Test func `subscriptions of an earlier run are granted, though the broker is not asked again`() {
    let session = Session()
    session.model.connection.subscriptions = [ConnectionStatus.Subscribed(subscription: Subscription(filter: "a/#"))]
    let found = RestoredSession(
      outgoing: 0, incoming: 0, subscriptions: [Subscription(filter: "a/#", qos: .atLeastOnce)])
    session.model.receive(.journal(.restored(found)))
    session.refresh()
    #expect(session.model.connection.subscriptions.map(\.answer) == [.grantedQoS1])
    #expect(session.lines.joined().contains("subscribed to a/#"))
  }
}
