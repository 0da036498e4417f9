import MQTT
import MQTTClient
import TestSupport
import Testing

/// Brokers that acknowledge never, twice, or what nobody sent.
struct StrayAnswerTests {
  private typealias Answers = (stray: [UInt8], answer: [UInt8])

  /// Answers to nothing, and what is said to them: only PUBREC and PUBREL wait for an answer of ours.
  private func strays(_ version: ProtocolVersion) -> [Answers] {
    let isNew = version == .v5
    return [
      ([0x40, 2, 0, 7], []), ([0x70, 2, 0, 7], []), ([0xD0, 0], []),
      ([0x50, 2, 0, 7], isNew ? [0x62, 3, 0, 7, 0x92] : [0x62, 2, 0, 7]),
      ([0x62, 2, 0, 7], isNew ? [0x70, 3, 0, 7, 0x92] : [0x70, 2, 0, 7]),
      (isNew ? [0x90, 4, 0, 7, 0, 0] : [0x90, 3, 0, 7, 0], []),
      (isNew ? [0xB0, 4, 0, 7, 0, 0] : [0xB0, 2, 0, 7], []),
    ]
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `an answer to what was never sent does no harm`(version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client()
    let connection = try broker.accept()
    for stray in strays(version) {
      try connection.send(stray.stray)
      #expect(try stray.answer.isEmpty || connection.receivePacket() == stray.answer)
      try broker.expectLife(of: connection, client)
    }
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `each acknowledgement may come twice and counts once`(version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client()
    let connection = try broker.accept()
    _ = try client.connection()
    client.client.perform(.publish(1, Message(topic: "a", qos: .atLeastOnce)))
    #expect(try connection.receivePacket().first == 0x32)
    try connection.send([0x40, 2, 0, 1, 0x40, 2, 0, 1])
    #expect(try told(broker, connection, client) == ["sent 1", "acknowledged 1"])
    client.client.perform(.publish(2, Message(topic: "a", qos: .exactlyOnce)))
    #expect(try connection.receivePacket().first == 0x34)
    try connection.send([0x50, 2, 0, 2, 0x50, 2, 0, 2])
    #expect(try connection.receive(8) == [0x62, 2, 0, 2, 0x62, 2, 0, 2])
    try connection.send([0x70, 2, 0, 2, 0x70, 2, 0, 2])
    let steps = ["sent 2", "received 2", "released 2", "received 2", "released 2", "completed 2"]
    #expect(try told(broker, connection, client) == steps)
    client.client.perform(.subscribe(3, [Subscription(filter: "a")], []))
    #expect(try connection.receivePacket().first == 0x82)
    let suback: [UInt8] = version == .v5 ? [0x90, 4, 0, 3, 0, 0] : [0x90, 3, 0, 3, 0]
    try connection.send(suback + suback)
    #expect(try told(broker, connection, client) == ["subscribed 3"])
  }

  /// What was told by the time that a message is, which shows that everything before it was read.
  private func told(
    _ broker: HostileBroker, _ connection: ScriptedServer.Connection, _ client: Recorder
  ) throws -> [String] {
    try connection.send(broker.message(200))
    #expect(try connection.receivePacket() == [0x40, 2, 0, 200])
    var told: [String] = []
    _ = try client.next("messages") { event in
      switch event {
      case .delivery(let request, let step, _): told.append("\(name(step)) \(request.rawValue)")
      case .subscribed(let request?, _, _): told.append("subscribed \(request.rawValue)")
      case .messages: return true
      default: break
      }
      return nil
    }
    return told
  }

  private func name(_ step: DeliveryStep) -> String {
    switch step {
    case .queued: "queued"
    case .sent: "sent"
    case .acknowledged: "acknowledged"
    case .received: "received"
    case .released: "released"
    case .completed: "completed"
    case .failed: "failed"
    }
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a broker that never acknowledges holds up QoS 1 and 2 as it said, and nothing else`(
    version: ProtocolVersion
  ) throws {
    let broker = try HostileBroker(version)
    let client = broker.client()
    // 3.1.1 has no receive maximum: there all three are under way
    let connection = try broker.accept(version == .v5 ? [0x20, 6, 0, 0, 3, 0x21, 0, 2] : nil)
    _ = try client.connection()
    for id: RequestID in [1, 2, 3] { client.client.perform(.publish(id, Message(topic: "q", qos: .atLeastOnce))) }
    client.client.perform(.publish(4, Message(topic: "z")))
    client.client.perform(.subscribe(5, [Subscription(filter: "a")], []))
    let expected: [UInt8] = version == .v5 ? [0x32, 0x32, 0x30, 0x82] : [0x32, 0x32, 0x32, 0x30, 0x82]
    var seen: [UInt8] = []
    for _ in expected { seen.append(try connection.receivePacket()[0]) }
    #expect(seen == expected)
    try broker.expectLife(of: connection, client)
    connection.close()
    #expect(try client.disconnection().reason == .closed(wasAccepted: true))
    try broker.expectReturn(of: client)
  }
}
