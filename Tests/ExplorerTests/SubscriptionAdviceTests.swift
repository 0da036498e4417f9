import MQTT
import MQTTClient
import Testing

@testable import Explorer

@Suite struct SubscriptionAdviceTests {
  @Test(arguments: [
    ("#", true), ("home/#", true), ("home/+", true), ("+/kitchen", true), ("home/kitchen/#", true),
    ("home/kitchen/light", true), ("home", false), ("home/hall", false), ("+", false), ("$SYS/#", false),
    ("$share/g/home/#", true), ("$share/g/office/#", false),
  ])
  func `a filter brings a topic or what is below it`(filter: String, brings: Bool) {
    #expect(SubscriptionAdvice.brings(filter, topic: Array("home/kitchen".utf8), version: .v5) == brings)
  }

  @Test func `wildcards do not bring the broker's own topics`() {
    #expect(!SubscriptionAdvice.brings("#", topic: Array("$SYS/broker".utf8), version: .v5))
    #expect(SubscriptionAdvice.brings("$SYS/#", topic: Array("$SYS/broker".utf8), version: .v5))
  }

  @Test func `what is refused is told with something to try`() {
    #expect(
      SubscriptionAdvice.sentence(refused: "#", .notAuthorized, reason: nil, firstLevel: nil)
        == "The broker refused #: 135 Not authorized. Try home/#: s, then a.")
    #expect(SubscriptionAdvice.narrower(than: "a/b/#", firstLevel: "x") == "a/b/+")
    #expect(SubscriptionAdvice.narrower(than: "#", firstLevel: "factory") == "factory/#")
    #expect(SubscriptionAdvice.narrower(than: "factory/line1", firstLevel: "factory") == nil)
  }

  @Test(arguments: [
    (ReasonCode.wildcardSubscriptionsNotSupported, "Name a topic in full"), (.quotaExceeded, "Remove another one"),
    (.sharedSubscriptionsNotSupported, "Leave $share/name/ out"), (.notAuthorized, "Try a/+"),
  ])
  func `what is to be tried follows from the code`(code: ReasonCode, help: String) {
    #expect(
      SubscriptionAdvice.sentence(refused: "a/#", code, reason: nil, firstLevel: "home").contains(" \(help)"))
  }

  @Test func `what a broker does not offer is said before it is asked`() {
    var status = ConnectionStatus(address: "b", clientID: "c", subscriptions: [])
    status.connected(
      Connection(
        version: .v5, sessionPresent: false, clientID: "c", keepAlive: 60,
        properties: [
          .sharedSubscriptionAvailable(false), .wildcardSubscriptionAvailable(false),
          .subscriptionIdentifierAvailable(false),
        ], roundTrip: 1), at: Instant(wall: 0, monotonic: 0))
    func problem(_ filter: String, id: UInt32? = nil, noLocal: Bool = false) -> String? {
      SubscriptionAdvice.problem(with: Subscription(filter: filter, noLocal: noLocal), identifier: id, status)
    }
    #expect(problem("a/b") == nil)
    #expect(problem("$share/g/a")?.contains("no shared subscriptions") == true)
    #expect(problem("$share/g/a", noLocal: true)?.contains("turn No Local off") == true)
    #expect(problem("a/#")?.contains("no wildcards") == true)
    #expect(problem("a", id: 3) == "This broker has none.")
    #expect(problem("a/#/b") != nil && problem("") != nil)
  }

  @Test func `a refused change leaves what was granted before`() {
    var status = ConnectionStatus(address: "b", clientID: "c", subscriptions: [Subscription(filter: "a")])
    status.granted([Grant(Subscription(filter: "a"), .success)])
    status.granted([Grant(Subscription(filter: "a", qos: .exactlyOnce), .notAuthorized)])
    #expect(status.subscriptions.map(\.requested) == [.atMostOnce] && status.refused.isEmpty)
    status.removed([Removal("a", .noSubscriptionExisted)])
    #expect(status.subscriptions.isEmpty)
  }

  @Test func `a client without an identifier of its own is not said to have one`() {
    let status = ConnectionStatus(address: "b", clientID: "", subscriptions: [])
    let fact = FactGroup.session(status).facts.first
    #expect(fact?.value == "(empty)" && fact?.meaning.hasPrefix("None of ours") == true)
  }
}
