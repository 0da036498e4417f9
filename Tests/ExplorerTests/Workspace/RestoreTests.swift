import MQTT
import MQTTClient
import Testing

@testable import Explorer

/// What earlier runs left, on its way to the brokers.
@Suite struct RestoreTests {
  private let draft: PublishDraft = {
    var draft = PublishDraft()
    draft.topic = "a/b"
    return draft
  }()

  @Test func `past publishes are everyone's, the draft is the broker's on the screen`() {
    let past = PublishHistory([draft])
    let desk = Desk(["one"])
    desk.workspace.restore(past, draft: draft)
    #expect(desk.workspace.shown?.model.form.publish.draft == draft)
    #expect(desk.workspace.shown?.model.form.publish.history == past)
    _ = desk.workspace.open(BrokerOpening(address: "x", clientID: "", subscriptions: []))
    #expect(desk.workspace.shown?.model.form.publish.draft == PublishDraft())
    #expect(desk.workspace.shown?.model.form.publish.history == past)
  }

  @Test func `what the connection allows stays`() {
    let desk = Desk(["one"])
    desk.workspace.shown?.model.form.publish.terms.maximumQoS = .atMostOnce
    desk.workspace.restore(PublishHistory(), draft: draft)
    #expect(desk.workspace.shown?.model.form.publish.terms.maximumQoS == .atMostOnce)
  }

  @Test func `without a broker the draft waits for the first one`() {
    let desk = Desk([])
    desk.workspace.restore(PublishHistory(), draft: draft)
    for address in ["x", "y"] {
      _ = desk.workspace.open(BrokerOpening(address: address, clientID: "", subscriptions: []))
    }
    #expect(desk.workspace.brokers.map { $0.model.form.publish.draft } == [draft, PublishDraft()])
  }
}
