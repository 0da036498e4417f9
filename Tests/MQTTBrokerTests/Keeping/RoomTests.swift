import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// Where there is no room nothing is promised: what would have to be kept is refused with its reason.
struct RoomTests {
  private static let kept: Properties = [.sessionExpiryInterval(60)]

  /// A broker with a publisher at 0, and at 1 a session with a message that waits, and no more room than this.
  private static func broker(_ version: ProtocolVersion, _ room: Room) -> Script {
    var script = Script(isKeeping: true)
    _ = script.connect(0, "p", version)
    _ = script.publish("r", "old", qos: .atLeastOnce, retain: true, from: 0)
    _ = script.connect(1, "s", version, clean: false, version == .v5 ? kept : [])
    _ = script.subscribe("a", from: 1)
    _ = script.lose(1)
    _ = script.publish("a", "waits", qos: .atLeastOnce, from: 0)
    script.state.room = room
    return script
  }

  @Test(arguments: [QoS.atLeastOnce, .exactlyOnce], [Room.little, .none])
  func `a message that has to be kept is refused, to 3.1.1 by the end of the connection`(qos: QoS, room: Room) {
    var script = Self.broker(.v5, room)
    let refused = Acknowledgement(1, .quotaExceeded)
    let said = script.publish("a", qos: qos, from: 0)
    #expect(said == [.packet(0, qos == .atLeastOnce ? .puback(refused) : .pubrec(refused))])
    #expect(script.publish("a", "live", from: 0) == [])
    var older = Self.broker(.v3_1_1, room)
    #expect(older.publish("a", qos: qos, from: 0) == [.close(0)])
    script.state.room = .enough
    #expect(script.publish("a", qos: .atLeastOnce, from: 0) == [.packet(0, .puback(Acknowledgement(1)))])
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a session that is kept takes its messages where there is little room`(
    version: ProtocolVersion
  ) {
    var script = Self.broker(version, .little)
    let said = script.connect(1, "s", version, clean: false, version == .v5 ? Self.kept : [])
    #expect(said.payloads(to: 1) == ["waits"])
    _ = script.say(.puback(Acknowledgement(1)), from: 1)
    #expect(script.subscribe("a", .atLeastOnce, from: 1).codes(to: 1) == [ReasonCode(rawValue: 1)])
    let codes = script.subscribe("b", from: 1).codes(to: 1)
    #expect(codes == [version == .v5 ? .quotaExceeded : .unspecifiedError])
    var empty = Self.broker(version, .none)
    let refused = empty.connect(1, "s", version, clean: false, version == .v5 ? Self.kept : [])
    #expect(refused.connack(to: 1)?.reasonCode == (version == .v5 ? .quotaExceeded : .serverUnavailable))
  }

  @Test(arguments: [Room.little, .none]) func `only who leaves nothing behind is let in anew`(room: Room) {
    let will = Will(topic: "w", payload: ByteBuffer())
    for version in ProtocolVersion.allCases {
      let refusal: ReasonCode = version == .v5 ? .quotaExceeded : .serverUnavailable
      var script = Self.broker(version, room)
      let session = script.connect(2, "t", version, clean: false, version == .v5 ? Self.kept : [])
      #expect(session.connack(to: 2)?.reasonCode == refusal && session.closes(2))
      #expect(script.connect(3, "u", version, will: will).connack(to: 3)?.reasonCode == refusal)
      #expect(script.connect(4, "v", version).connack(to: 4)?.reasonCode == .success)
      // One who is connected already is no exception
      let again = script.connect(5, "v", version, will: will)
      #expect(again.connack(to: 5)?.reasonCode == refusal)
      #expect(script.subscribe("#", from: 4).codes(to: 4) == [ReasonCode(rawValue: 2)])
    }
  }

  @Test(arguments: [Room.little, .none]) func `a retained value does not stay in the place of one that is not kept`(
    room: Room
  ) {
    var script = Self.broker(.v5, room)
    #expect(script.publish("r", "new", qos: .atLeastOnce, retain: true, from: 0).payloads(to: 0) == [])
    _ = script.connect(4, "v")
    #expect(script.subscribe("r", from: 4).payloads(to: 4) == ["old"])
    #expect(script.publish("r", "new", retain: true, from: 0).payloads(to: 4) == ["new"])
    _ = script.connect(5, "w")
    #expect(script.subscribe("r", from: 5).payloads(to: 5) == [])
  }

  @Test func `a retained value can be deleted where there is little room`() {
    var script = Self.broker(.v5, .little)
    let said = script.publish("r", "", qos: .atLeastOnce, retain: true, from: 0)
    #expect(said == [.packet(0, .puback(Acknowledgement(1, .noMatchingSubscribers)))])
    #expect(script.state.retained.count == 0)
  }

  @Test func `sessions do not end where their end cannot be kept`() {
    var script = Self.broker(.v5, .none)
    _ = script.wait(1_000)
    #expect(script.state.sessionByClient.count == 2)
    script.state.room = .enough
    _ = script.wait(0)
    #expect(script.state.sessionByClient.count == 1)
  }
}
