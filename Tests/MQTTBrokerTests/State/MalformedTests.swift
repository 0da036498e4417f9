import MQTT
import NIOCore
import TestSupport
import Testing

@testable import MQTTBroker

/// Every packet that the standard forbids, sent by a client that was accepted.
struct MalformedTests {
  private static let cases = Malformed.all.filter { $0.sender == .client && $0.bytes.first.map { $0 >> 4 } != 1 }

  @Test(arguments: cases) func `a client is told in 5_0 what it did wrong, and closed`(malformed: Malformed) {
    var script = Script { $0.topicAliasMaximum = 0 }
    _ = script.connect(0, "a", malformed.version)
    let said = script.say(ByteBuffer(bytes: malformed.bytes), from: 0)
    let farewell: [Script.Said] =
      malformed.version == .v5 ? [.packet(0, .disconnect(Disconnect(malformed.reason)))] : []
    #expect(said == farewell + [.close(0)])
    #expect(script.lose(0) == [])
  }

  @Test func `a packet above our maximum is told as too large`() {
    var script = Script { $0.maximumPacketSize = 50 }
    _ = script.connect(0)
    let said = script.publish("t", String(repeating: "x", count: 60), from: 0)
    #expect(said.farewell(to: 0) == .packetTooLarge)
  }

  @Test func `AUTH without a method is a protocol error`() {
    var script = Script()
    _ = script.connect(0)
    let step = Auth(.reauthenticate, properties: [.authenticationMethod("SCRAM-SHA-256")])
    #expect(script.say(.auth(step), from: 0).farewell(to: 0) == .protocolError)
  }

  @Test func `what only a server sends closes`() {
    for text in ["20 02 00 00", "90 03 0001 00", "B0 02 0001", "D0 00"] {
      var script = Script()
      _ = script.connect(0, "a", .v3_1_1)
      #expect(script.say(ByteBuffer(bytes: [UInt8](written: text)), from: 0) == [.close(0)])
    }
  }

  @Test func `a message before a bad packet still counts, one behind it does not`() {
    var script = PublishTests.pair()
    let said = script.say(ByteBuffer(bytes: [UInt8](written: "30 04 0001 't' 00  00 00  30 04 0001 'u' 00")), from: 0)
    #expect(said.topics(to: 1) == ["t"] && said.farewell(to: 0) == .protocolError)
  }
}
