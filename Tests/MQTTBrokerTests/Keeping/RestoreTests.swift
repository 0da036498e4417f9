import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// A state goes on where another one was ended: deliveries, receipts, retained messages, subscriptions.
struct RestoreTests {
  private static let kept: Properties = [.sessionExpiryInterval(60)]

  @Test(arguments: ProtocolVersion.allCases) func `deliveries go on after a crash, with their numbers and their phase`(
    version: ProtocolVersion
  ) {
    var script = Script(isKeeping: true)
    let properties: Properties = version == .v5 ? Self.kept : []
    _ = script.connect(0, "p", version)
    _ = script.connect(1, "s", version, clean: false, properties)
    _ = script.subscribe("#", from: 1)
    for number in 1...4 {
      _ = script.publish("t", "\(number)", qos: .exactlyOnce, id: UInt16(number), from: 0)
      _ = script.say(.pubrel(Acknowledgement(UInt16(number))), from: 0)
    }
    _ = script.say(.pubrec(Acknowledgement(2)), from: 1)
    _ = script.say(.pubrec(Acknowledgement(3)), from: 1)
    _ = script.say(.pubcomp(Acknowledgement(3)), from: 1)
    script.crash()
    let said = script.connect(1, "s", version, clean: false, properties)
    #expect(said.connack(to: 1)?.sessionPresent == true)
    #expect(said.packets(to: 1).contains(.pubrel(Acknowledgement(2))))
    #expect(said.messages(to: 1).map(\.packetID) == [1, 4] && said.payloads(to: 1) == ["1", "4"])
    #expect(said.messages(to: 1).map(\.isDuplicate) == [true, true])
    // The number that is free again is the one that comes next
    _ = script.connect(0, "p", version)
    #expect(script.publish("t", "5", qos: .atLeastOnce, id: 1, from: 0).messages(to: 1).map(\.packetID) == [5])
  }

  @Test(arguments: ProtocolVersion.allCases) func `a message of QoS 2 that comes again after a crash is the same`(
    version: ProtocolVersion
  ) {
    var script = Script(isKeeping: true)
    let properties: Properties = version == .v5 ? Self.kept : []
    _ = script.connect(1, "s", version, clean: false, properties)
    _ = script.subscribe("#", from: 1)
    _ = script.connect(0, "p", version, clean: false, properties)
    _ = script.publish("t", "once", qos: .exactlyOnce, id: 7, from: 0)
    script.crash()
    _ = script.connect(1, "s", version, clean: false, properties)
    _ = script.connect(0, "p", version, clean: false, properties)
    let again = script.publish("t", "once", qos: .exactlyOnce, id: 7, duplicate: true, from: 0)
    #expect(again == [.packet(0, .pubrec(Acknowledgement(7)))])
    #expect(script.say(.pubrel(Acknowledgement(7)), from: 0).payloads(to: 1) == ["once"])
    #expect(script.say(.pubrel(Acknowledgement(7)), from: 0).payloads(to: 1) == [])
  }

  @Test func `retained messages, subscriptions and their options are there after a crash`() {
    var script = Script(isKeeping: true)
    _ = script.connect(0)
    for topic in ["a", "b", "c"] { _ = script.publish(topic, topic, qos: .atLeastOnce, retain: true, from: 0) }
    _ = script.publish("b", "", qos: .atLeastOnce, retain: true, from: 0)
    _ = script.publish("d", "brief", qos: .atLeastOnce, retain: true, [.messageExpiryInterval(5)], from: 0)
    _ = script.publish("e", "long", qos: .atLeastOnce, retain: true, [.messageExpiryInterval(60)], from: 0)
    _ = script.connect(1, "s", clean: false, Self.kept)
    _ = script.subscribe("x/#", .atLeastOnce, noLocal: true, asPublished: true, [.subscriptionIdentifier(9)], from: 1)
    _ = script.subscribe("gone", from: 1)
    _ = script.say(.unsubscribe(Unsubscribe(packetID: 1, filters: ["gone"])), from: 1)
    _ = script.subscribe("$share/g/x/+", .atMostOnce, from: 1)
    script.crash(away: 10)
    _ = script.connect(2)
    let said = script.subscribe("#", from: 2)
    #expect(said.topics(to: 2) == ["a", "c", "e"])
    #expect(said.messages(to: 2).map(\.properties.messageExpiryInterval) == [nil, nil, 50])
    _ = script.connect(1, "s", clean: false, Self.kept)
    _ = script.say(.unsubscribe(Unsubscribe(packetID: 1, filters: ["$share/g/x/+"])), from: 1)
    #expect(script.publish("x/y", "z", qos: .exactlyOnce, from: 1).topics(to: 1) == [])
    _ = script.publish("x/y", "z", qos: .exactlyOnce, retain: true, from: 2)
    let message = script.say(.pubrel(Acknowledgement(1)), from: 2).messages(to: 1).first
    #expect(message?.qos == .atLeastOnce && message?.isRetained == true)
    #expect(message?.properties.subscriptionIdentifiers == [9])
    #expect(script.publish("gone", from: 2).topics(to: 1) == [])
  }
}
