import MQTT
import NIOCore
import TestSupport
import Testing

@testable import MQTTBroker

/// What fuzzing has found, each as a conversation of its own.
struct FoundByFuzzingTests {
  private static func session(_ properties: Property...) -> Script {
    var script = Script()
    _ = script.connect(0, "p")
    _ = script.connect(1, "s", clean: false, Properties([.sessionExpiryInterval(60)] + properties))
    _ = script.subscribe("#", from: 1)
    return script
  }

  @Test func `an alias is given with a message that the client takes, never with one that is left out`() {
    var script = Self.session(.topicAliasMaximum(2), .maximumPacketSize(40))
    #expect(script.publish("t", String(repeating: "x", count: 60), from: 0).messages(to: 1) == [])
    let small = script.publish("t", from: 0).messages(to: 1) + script.publish("t", from: 0).messages(to: 1)
    #expect(small.map(\.topic) == ["t", ""] && small.map(\.properties.topicAlias) == [1, 1])
  }

  @Test func `a message that fits without an alias is sent without one`() {
    var script = Self.session(.topicAliasMaximum(2), .maximumPacketSize(40))
    let messages = script.publish("t", String(repeating: "x", count: 34), from: 0).messages(to: 1)
    #expect(messages.map(\.topic) == ["t"] && messages.map(\.properties.topicAlias) == [nil])
  }

  @Test func `a delivery that waits for PUBCOMP counts for the receive maximum of a new connection too`() {
    var script = Self.session()
    _ = script.publish("t", "1", qos: .exactlyOnce, from: 0)
    _ = script.say(.pubrel(Acknowledgement(1)), from: 0)
    _ = script.say(.pubrec(Acknowledgement(1)), from: 1)
    _ = script.lose(1)
    for number in 2...4 { _ = script.publish("t", "\(number)", qos: .atLeastOnce, from: 0) }
    let said = script.connect(1, "s", clean: false, [.sessionExpiryInterval(60), .receiveMaximum(2)])
    #expect(said.packets(to: 1).contains(.pubrel(Acknowledgement(1))) && said.payloads(to: 1) == ["2"])
    #expect(script.say(.pubcomp(Acknowledgement(1)), from: 1).payloads(to: 1) == ["3"])
  }

  @Test func `an answer to what was not sent again yet makes no room for more`() {
    var script = Self.session()
    for number in 1...3 { _ = script.publish("t", "\(number)", qos: .atLeastOnce, from: 0) }
    _ = script.lose(1)
    let said = script.connect(1, "s", clean: false, [.sessionExpiryInterval(60), .receiveMaximum(1)])
    #expect(said.payloads(to: 1) == ["1"])
    #expect(script.say(.puback(Acknowledgement(2)), from: 1).payloads(to: 1) == [])
    #expect(script.say(.puback(Acknowledgement(1)), from: 1).payloads(to: 1) == ["3"])
  }

  @Test func `a second CONNECT is a protocol error, whatever else is wrong with it`() {
    for text in [
      "10 0D 0004 'MQTX' 05 02 003C 00 0000", "10 0D 0004 'MQTT' 06 02 003C 00 0000",
      "10 0D 0004 'MQTT' 05 03 003C 00 0000",
    ] {
      var script = Script()
      _ = script.connect(0)
      #expect(script.say(ByteBuffer(bytes: [UInt8](written: text)), from: 0).farewell(to: 0) == .protocolError)
    }
  }
}
