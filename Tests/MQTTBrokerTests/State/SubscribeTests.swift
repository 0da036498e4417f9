import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// Subscriptions: answers, matching, overlaps, shares.
struct SubscribeTests {
  private static func filters(_ list: [(String, QoS)]) -> Packet {
    .subscribe(Subscribe(packetID: 5, subscriptions: list.map { Subscription(filter: $0.0, qos: $0.1) }))
  }

  @Test(arguments: ProtocolVersion.allCases) func `SUBACK has the number of the request and a code for each filter`(
    version: ProtocolVersion
  ) {
    var script = Script()
    _ = script.connect(0, "a", version)
    let said = script.say(Self.filters([("a", .exactlyOnce), ("b/#", .atMostOnce), ("c/+", .atLeastOnce)]), from: 0)
    #expect(said == [.packet(0, .suback(Suback(packetID: 5, reasonCodes: [.grantedQoS2, .success, .grantedQoS1])))])
  }

  @Test(arguments: ProtocolVersion.allCases) func `UNSUBACK answers each filter, known or not`(
    version: ProtocolVersion
  ) {
    var script = Script()
    _ = script.connect(0, "a", version)
    _ = script.subscribe("a/+", from: 0)
    let said = script.say(.unsubscribe(Unsubscribe(packetID: 6, filters: ["a/b", "a/+", "a/+"])), from: 0)
    let codes: [ReasonCode] = [.noSubscriptionExisted, .success, .noSubscriptionExisted]
    #expect(said == [.packet(0, .unsuback(Unsuback(packetID: 6, reasonCodes: version == .v5 ? codes : [])))])
    #expect(script.publish("a/b", from: 0) == [])
    #expect(script.state.subscriptions.count == 0)
  }

  @Test func `what has begun when a subscription ends is finished`() {
    var script = PublishTests.pair()
    _ = script.publish("t", qos: .atLeastOnce, from: 0)
    _ = script.say(.unsubscribe(Unsubscribe(packetID: 6, filters: ["#"])), from: 1)
    #expect(script.state.sessions[1].inFlight.count == 1)
    _ = script.say(.puback(Acknowledgement(1)), from: 1)
    #expect(script.state.sessions[1].inFlight.isEmpty)
  }

  @Test(arguments: [
    ("a", true), ("a/#", true), ("+", true), ("#", true), ("a/+", false), ("A", false), ("a/", false), ("/a", false),
    ("+/#", true), ("/#", false),
  ])
  func `filters match byte by byte`(filter: String, matches: Bool) {
    var script = PublishTests.pair(.v5, filter)
    #expect(script.publish("a", from: 0).topics(to: 1) == (matches ? ["a"] : []))
  }

  @Test func `topics of one meaning and two spellings are two`() {
    var script = PublishTests.pair(.v5, "caf\u{E9}")
    #expect(script.publish("cafe\u{301}", from: 0).topics(to: 1) == [])
    #expect(script.publish("caf\u{E9}", from: 0).topics(to: 1) == ["caf\u{E9}"])
    _ = script.connect(2, "\u{E9}")
    #expect(script.connect(3, "e\u{301}").closes(2) == false)
  }

  @Test func `topics with a dollar are kept from wildcards`() {
    for filter in ["#", "+/x", "+/#"] {
      var script = PublishTests.pair(.v5, filter)
      #expect(script.publish("$mine/x", from: 0).topics(to: 1) == [])
    }
    for filter in ["$mine/#", "$mine/+", "$mine/x"] {
      var script = PublishTests.pair(.v5, filter)
      #expect(script.publish("$mine/x", from: 0).topics(to: 1) == ["$mine/x"])
    }
  }

  @Test func `overlapping subscriptions bring one copy, at the highest QoS and with all identifiers`() {
    var script = Script()
    _ = script.connect(0)
    _ = script.connect(1)
    _ = script.subscribe("a/+", .atMostOnce, [.subscriptionIdentifier(3)], from: 1)
    _ = script.subscribe("a/#", .exactlyOnce, [.subscriptionIdentifier(300)], from: 1)
    _ = script.subscribe("a/b", .atLeastOnce, from: 1)
    let messages = script.publish("a/b", qos: .atLeastOnce, from: 0).messages(to: 1)
    #expect(messages.map(\.qos) == [.atLeastOnce])
    #expect(messages.flatMap(\.properties.subscriptionIdentifiers).sorted() == [3, 300])
    #expect(script.subscribe("a/b", .atLeastOnce, [.subscriptionIdentifier(7)], from: 1).codes(to: 1) == [.grantedQoS1])
    let now = script.publish("a/b", from: 0).messages(to: 1).flatMap(\.properties.subscriptionIdentifiers)
    #expect(now.sorted() == [3, 7, 300])
  }

  @Test func `a subscription of the same filter replaces the one before`() {
    var script = PublishTests.pair(.v5, "t", .exactlyOnce)
    _ = script.subscribe("t", .atMostOnce, from: 1)
    let messages = script.publish("t", qos: .atLeastOnce, from: 0).messages(to: 1)
    #expect(messages.map(\.qos) == [.atMostOnce])
    #expect(script.state.subscriptions.count == 1)
  }

  @Test func `No Local keeps our own messages away`() {
    var script = Script()
    _ = script.connect(0)
    _ = script.connect(1)
    _ = script.subscribe("t", noLocal: true, from: 0)
    #expect(script.publish("t", from: 0).topics(to: 0) == [])
    #expect(script.publish("t", from: 1).topics(to: 0) == ["t"])
    _ = script.lose(0)
  }

  /// 3.1.1 does not know shares, but brokers share there too.
  @Test(arguments: ProtocolVersion.allCases)
  func `the members of a share take turns, and one's own subscription is apart from it`(version: ProtocolVersion) {
    var script = Script()
    for place in 0...2 { _ = script.connect(place, nil, version) }
    for place in 1...2 { _ = script.subscribe("$share/s/t", from: place) }
    _ = script.subscribe("$share/other/t", from: 1)
    var counts = [0, 0, 0]
    for _ in 0..<10 {
      let said = script.publish("t", from: 0)
      for place in 1...2 { counts[place] += said.topics(to: place).count }
    }
    #expect(counts == [0, 15, 5])
    _ = script.subscribe("t", from: 2)
    #expect(script.publish("t", from: 0).topics(to: 2).count >= 1)
  }

  @Test func `in 3_1_1 what is no share is a filter like any other`() {
    var script = Script()
    _ = script.connect(0, nil, .v3_1_1)
    for filter in ["$share", "$share/", "$share/s", "$share//t", "$share/+/t", "$share/#"] {
      #expect(script.subscribe(filter, .atMostOnce, from: 0).codes(to: 0) == [.success])
    }
    #expect(
      script.publish("$share/s", from: 0).topics(to: 0) == ["$share/s"] && script.state.subscriptions.sharedCount == 0)
    var none = Script { $0.sharedAvailable = false }
    _ = none.connect(0, nil, .v3_1_1)
    #expect(none.subscribe("$share/s/t", from: 0).codes(to: 0) == [.unspecifiedError])
  }

  @Test func `a share prefers who is there, at its QoS, and keeps for who is not`() {
    var script = Script()
    let kept: Properties = [.sessionExpiryInterval(60)]
    _ = script.connect(0)
    _ = script.connect(1, "one", kept)
    _ = script.connect(2, "two", kept)
    _ = script.subscribe("$share/s/t", .atLeastOnce, from: 1)
    _ = script.subscribe("$share/s/t", .atMostOnce, from: 2)
    _ = script.lose(1)
    for _ in 0..<4 {
      #expect(script.publish("t", qos: .atLeastOnce, from: 0).messages(to: 2).map(\.qos) == [.atMostOnce])
    }
    _ = script.lose(2)
    for number in 0..<2 { _ = script.publish("t", "\(number)", qos: .atLeastOnce, from: 0) }
    #expect(script.connect(1, "one", clean: false, kept).payloads(to: 1).count == 1)
  }

  @Test func `a message that a member of a share refuses is not given to another`() {
    var script = Script()
    for place in 0...2 { _ = script.connect(place, "c\(place)", [.sessionExpiryInterval(60)]) }
    for place in 1...2 { _ = script.subscribe("$share/s/t", from: place) }
    let said = script.publish("t", qos: .atLeastOnce, from: 0)
    let taker = said.topics(to: 1).isEmpty ? 2 : 1
    #expect(script.say(.puback(Acknowledgement(1, .notAuthorized)), from: taker) == [])
  }

  @Test func `what a member of a share has not acknowledged is its own when it is back`() {
    var script = Script()
    for place in 0...1 { _ = script.connect(place, "c\(place)", [.sessionExpiryInterval(60)]) }
    _ = script.subscribe("$share/s/t", from: 1)
    _ = script.publish("t", qos: .atLeastOnce, from: 0)
    _ = script.lose(1)
    _ = script.connect(2)
    #expect(script.subscribe("$share/s/t", from: 2).topics(to: 2) == [])
    let back = script.connect(1, "c1", clean: false, [.sessionExpiryInterval(60)])
    #expect(back.messages(to: 1).map(\.isDuplicate) == [true])
  }

  @Test func `what is not offered is refused filter by filter`() {
    var script = Script {
      $0.wildcardsAvailable = false
      $0.sharedAvailable = false
      $0.identifiersAvailable = false
      $0.subscriptions = 1
    }
    _ = script.connect(0)
    let said = script.say(
      Self.filters([("a/#", .atMostOnce), ("$share/s/t", .atMostOnce), ("a", .atMostOnce), ("b", .atMostOnce)]), from: 0
    )
    #expect(
      said.codes(to: 0) == [
        .wildcardSubscriptionsNotSupported, .sharedSubscriptionsNotSupported, .success, .quotaExceeded,
      ])
    let identified = script.subscribe("a", [.subscriptionIdentifier(1)], from: 0)
    #expect(identified.codes(to: 0) == [.subscriptionIdentifiersNotSupported])
    _ = script.connect(1, "old", .v3_1_1)
    #expect(script.subscribe("a/#", from: 1).codes(to: 1) == [.unspecifiedError])
  }

  @Test func `a broker may refuse everything at once, and grant less than was asked`() {
    var script = Script {
      $0.refusesEverything = true
      $0.maximumQoS = .atLeastOnce
    }
    _ = script.connect(0)
    #expect(script.subscribe("#", from: 0).codes(to: 0) == [.notAuthorized])
    #expect(script.subscribe("a/#", from: 0).codes(to: 0) == [.grantedQoS1])
  }

  @Test func `PINGREQ is answered`() {
    var script = Script()
    _ = script.connect(0)
    #expect(script.say(.pingreq, from: 0) == [.packet(0, .pingresp)])
  }
}
