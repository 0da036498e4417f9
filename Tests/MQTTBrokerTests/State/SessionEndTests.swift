import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// Keep alive, goodbyes, wills and the ends of sessions.
struct SessionEndTests {
  private static let will = Will(topic: "will", payload: ByteBuffer(string: "gone"), qos: .atLeastOnce)

  /// A broker with a listener for wills at place 9.
  private func listening() -> Script {
    var script = Script()
    _ = script.connect(9)
    _ = script.subscribe("will/#", .atLeastOnce, from: 9)
    return script
  }

  @Test(arguments: ProtocolVersion.allCases) func `a client that is silent for one and a half intervals is closed`(
    version: ProtocolVersion
  ) {
    var script = Script()
    _ = script.connect(0, "a", version, keepAlive: 10)
    _ = script.wait(14.9)
    #expect(script.say(.pingreq, from: 0) == [.packet(0, .pingresp)])
    #expect(script.wait(14.9) == [])
    let said = script.wait(0.1)
    #expect(said.closes(0) && said.farewell(to: 0) == (version == .v5 ? .keepAliveTimeout : nil))
  }

  @Test func `a keep alive of 0 waits for ever, and the server's own overrides the client's`() {
    var script = Script()
    _ = script.connect(0)
    #expect(script.wait(1e6) == [])
    var strict = Script { $0.keepAlive = 10 }
    _ = strict.connect(0, "a", keepAlive: 0)
    _ = strict.connect(1, "b", keepAlive: 100)
    _ = strict.connect(2, "c", keepAlive: 4)
    #expect(strict.wait(6).closes(2))
    let said = strict.wait(9)
    #expect(said.closes(0) && said.closes(1))
  }

  @Test(arguments: ProtocolVersion.allCases) func `a will is published when the connection ends without goodbye`(
    version: ProtocolVersion
  ) {
    var script = listening()
    _ = script.connect(0, "a", version, will: Self.will)
    let said = script.lose(0)
    #expect(said.payloads(to: 9) == ["gone"] && said.messages(to: 9).first?.isRetained == false)
    #expect(script.state.retained.count == 0)
  }

  @Test(arguments: ProtocolVersion.allCases) func `a will is published on a silent end and on a protocol error`(
    version: ProtocolVersion
  ) {
    var script = listening()
    _ = script.connect(0, "a", version, keepAlive: 10, will: Self.will)
    #expect(script.wait(15).topics(to: 9) == ["will"])
    _ = script.connect(1, "b", version, will: Self.will)
    #expect(script.say(.connect(Connect(clientID: "b")), from: 1).topics(to: 9) == ["will"])
    _ = script.connect(2, "c", version, will: Self.will)
    #expect(script.say(ByteBuffer(bytes: [0]), from: 2).topics(to: 9) == ["will"])
  }

  @Test(arguments: ProtocolVersion.allCases) func `a goodbye deletes the will, and no will is none`(
    version: ProtocolVersion
  ) {
    var script = listening()
    _ = script.connect(0, "a", version, will: Self.will)
    #expect(script.say(.disconnect(Disconnect()), from: 0) == [.close(0)])
    #expect(script.lose(0) == [])
    _ = script.connect(0, "a", version)
    #expect(script.lose(0) == [])
  }

  @Test func `a goodbye may ask for the will`() {
    var script = listening()
    _ = script.connect(0, "a", will: Self.will)
    #expect(script.say(.disconnect(Disconnect(.disconnectWithWillMessage)), from: 0).topics(to: 9) == ["will"])
  }

  @Test func `a retained will is kept, at its QoS and with its properties`() {
    var script = listening()
    var will = Self.will
    will.isRetained = true
    will.properties = [.willDelayInterval(0), .contentType("text"), .userProperty(UserProperty("a", "b"))]
    _ = script.connect(0, "a", will: will)
    let live = script.lose(0).messages(to: 9)
    #expect(live.map(\.qos) == [.atLeastOnce] && live.map(\.isRetained) == [false])
    #expect(live.map(\.properties) == [[.contentType("text"), .userProperty(UserProperty("a", "b"))]])
    #expect(script.subscribe("will", from: 9).messages(to: 9).map(\.isRetained) == [true])
  }

  @Test func `a will waits for its delay, and is not sent if the client is back before`() {
    var script = listening()
    var will = Self.will
    will.properties = [.willDelayInterval(5)]
    let kept: Properties = [.sessionExpiryInterval(60)]
    _ = script.connect(0, "a", will: will, kept)
    _ = script.lose(0)
    #expect(script.wait(4.9) == [])
    #expect(script.wait(0.1).topics(to: 9) == ["will"])
    #expect(script.wait(9) == [])
    _ = script.connect(0, "a", will: will, kept)
    _ = script.lose(0)
    #expect(script.connect(0, "a", clean: false, kept).topics(to: 9) == [])
    #expect(script.lose(0) == [] && script.wait(9) == [])
  }

  @Test func `a delayed will is sent when the session ends before`() {
    var script = listening()
    var will = Self.will
    will.properties = [.willDelayInterval(500)]
    _ = script.connect(0, "a", will: will, [.sessionExpiryInterval(5)])
    _ = script.lose(0)
    #expect(script.wait(5).topics(to: 9) == ["will"])
    _ = script.connect(0, "a", will: will)
    #expect(script.lose(0).topics(to: 9) == ["will"])
    _ = script.connect(0, "a", will: will, [.sessionExpiryInterval(50)])
    #expect(script.connect(1, "a", clean: true).topics(to: 9) == ["will"])
  }

  @Test func `take-over sends the will unless it is delayed and the session goes on`() {
    var script = listening()
    let kept: Properties = [.sessionExpiryInterval(60)]
    _ = script.connect(0, "a", will: Self.will, kept)
    #expect(script.connect(1, "a", clean: false, kept).topics(to: 9) == ["will"])
    var delayed = Self.will
    delayed.properties = [.willDelayInterval(5)]
    _ = script.connect(2, "b", will: delayed, kept)
    #expect(script.connect(3, "b", clean: false, kept).topics(to: 9) == [])
    #expect(script.wait(9) == [])
  }

  @Test func `a session ends when its time is over, and DISCONNECT may change the time`() {
    var script = Script()
    _ = script.connect(0, "a", [.sessionExpiryInterval(10)])
    _ = script.lose(0)
    _ = script.wait(9)
    #expect(script.connect(0, "a", clean: false, [.sessionExpiryInterval(10)]).connack(to: 0)?.sessionPresent == true)
    _ = script.say(.disconnect(Disconnect(properties: [.sessionExpiryInterval(2)])), from: 0)
    _ = script.lose(0)
    _ = script.wait(2)
    #expect(script.connect(0, "a", clean: false).connack(to: 0)?.sessionPresent == false)
    let said = script.say(.disconnect(Disconnect(properties: [.sessionExpiryInterval(5)])), from: 0)
    #expect(said.farewell(to: 0) == .protocolError)
  }

  @Test func `a session without an expiry ends with its connection, and for ever is for ever`() {
    var script = Script()
    _ = script.connect(0, "a", clean: false)
    _ = script.lose(0)
    #expect(script.state.sessionByClient.isEmpty)
    _ = script.connect(0, "a", [.sessionExpiryInterval(.max)])
    _ = script.lose(0)
    _ = script.wait(1e9)
    #expect(script.connect(0, "a", clean: false).connack(to: 0)?.sessionPresent == true)
  }

  @Test func `a will that the broker does not offer is refused`() {
    var script = Script { $0.maximumQoS = .atMostOnce }
    let said = script.connect(0, "a", will: Self.will)
    #expect(said == [.packet(0, .connack(Connack(reasonCode: .qosNotSupported))), .close(0)])
  }
}
