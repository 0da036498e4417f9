import MQTT
import Testing

@testable import MQTTClient

struct SessionSubscribeTests {
  private let a = Subscription(filter: "a", qos: .atLeastOnce)
  private let b = Subscription(filter: "b/#")

  @Test func `SUBSCRIBE keeps properties in order, and SUBACK answers each filter`() {
    var session = Session.connected()
    let properties: Properties = [.userProperty(UserProperty("k", "v")), .subscriptionIdentifier(3)]
    #expect(
      session.perform(.subscribe(7, [a, b], properties), at: 1) == [
        .send(.subscribe(Subscribe(packetID: 1, subscriptions: [a, b], properties: properties)))
      ])
    let suback = Suback(packetID: 1, reasonCodes: [.grantedQoS1, .notAuthorized])
    #expect(
      session.receive(.suback(suback), at: 2) == [
        .post(.subscribed(7, [Grant(a, .grantedQoS1), Grant(b, .notAuthorized)], []))
      ])
    #expect(session.identifiers.count == 0)
  }

  @Test func `SUBACK and UNSUBACK with another count of answers break the protocol`() {
    var session = Session.connected()
    _ = session.perform(.subscribe(7, [a, b], []), at: 1)
    let suback = Suback(packetID: 1, reasonCodes: [.grantedQoS1])
    #expect(session.receive(.suback(suback), at: 2).packets == [.disconnect(Disconnect(.protocolError))])
    session = .connected()
    _ = session.perform(.unsubscribe(7, ["a"], []), at: 1)
    let unsuback = Unsuback(packetID: 1, reasonCodes: [.success, .success])
    #expect(session.receive(.unsuback(unsuback), at: 2).packets == [.disconnect(Disconnect(.protocolError))])
  }

  @Test func `answers to nothing are ignored`() {
    var session = Session.connected()
    #expect(session.receive(.suback(Suback(packetID: 5, reasonCodes: [.success])), at: 2).isEmpty)
    #expect(session.receive(.unsuback(Unsuback(packetID: 5, reasonCodes: [.success])), at: 2).isEmpty)
  }

  @Test func `UNSUBSCRIBE is raw, and its subscription does not come back`() {
    var session = Session.connected(.script { $0.subscriptions = [a] })
    _ = session.receive(.suback(Suback(packetID: 1, reasonCodes: [.success])), at: 1)
    let properties: Properties = [.userProperty(UserProperty("k", "v"))]
    #expect(
      session.perform(.unsubscribe(8, ["a", "never"], properties), at: 2).packets == [
        .unsubscribe(Unsubscribe(packetID: 2, filters: ["a", "never"], properties: properties))
      ])
    let unsuback = Unsuback(packetID: 2, reasonCodes: [.success, .noSubscriptionExisted])
    #expect(
      session.receive(.unsuback(unsuback), at: 3).events == [
        .unsubscribed(8, [Removal("a", .success), Removal("never", .noSubscriptionExisted)], [])
      ])
    #expect(session.comeBack(at: 10).packets.isEmpty)
  }

  @Test func `UNSUBACK of 3_1_1 means success`() {
    var session = Session.connected(.script(.v3_1_1))
    _ = session.perform(.unsubscribe(8, ["a"], []), at: 2)
    #expect(
      session.receive(.unsuback(Unsuback(packetID: 1)), at: 3).events == [
        .unsubscribed(8, [Removal("a", .success)], [])
      ])
  }

  @Test func `what the broker does not offer is an error of the request`() {
    let limits: Properties = [
      .wildcardSubscriptionAvailable(false), .sharedSubscriptionAvailable(false),
      .subscriptionIdentifierAvailable(false),
    ]
    var session = Session.connected(.script { $0.subscriptions = [b, a] }, Connack(properties: limits))
    let cases: [(String, Properties, ReasonCode)] = [
      ("x/+", [], .wildcardSubscriptionsNotSupported), ("$share/g/x", [], .sharedSubscriptionsNotSupported),
      ("x", [.subscriptionIdentifier(1)], .subscriptionIdentifiersNotSupported),
    ]
    for (filter, properties, code) in cases {
      let request = Request.subscribe(1, [Subscription(filter: filter)], properties)
      #expect(session.perform(request, at: 1).steps == [.failed(.notOffered(code))])
    }
    #expect(session.pending.count == 1)
  }

  @Test func `a configured subscription that is not offered is told as refused, the others are made`() {
    var session = Session.asking(.script { $0.subscriptions = [b, a] })
    let outputs = session.receive(
      .connack(Connack(properties: [.wildcardSubscriptionAvailable(false)])), at: 0)
    #expect(outputs.packets == [.subscribe(Subscribe(packetID: 1, subscriptions: [a]))])
    #expect(outputs.events.last == .subscribed(nil, [Grant(b, .wildcardSubscriptionsNotSupported)], []))
  }

  @Test func `a lost connection fails what was asked`() {
    var session = Session.connected(.script { $0.subscriptions = [a] })
    _ = session.perform(.subscribe(1, [b], []), at: 1)
    _ = session.perform(.unsubscribe(2, ["a"], []), at: 1)
    let outputs = session.closed(.closed(wasAccepted: false), at: 2)
    #expect(
      outputs.events.dropLast() == [
        .delivery(1, .failed(.connectionLost), at: 2), .delivery(2, .failed(.connectionLost), at: 2),
      ])
  }

  @Test func `an empty or malformed list of filters is an error of the request`() {
    var session = Session.connected()
    #expect(
      session.perform(.subscribe(1, [], []), at: 1).steps == [.failed(.unsendable(.nothingRequested(.subscribe)))])
    #expect(session.perform(.unsubscribe(1, ["a#"], []), at: 1).packets.isEmpty)
    #expect(session.identifiers.count == 0)
  }
}
