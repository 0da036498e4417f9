import MQTT
import MQTTClient
import NIOCore
import Terminal
import Testing

@testable import Explorer

/// The protocol view in the model: what opening, closing, saving and an end do.
@Suite struct PacketModelTests {
  private static let endpoint = Endpoint.tcp(host: "b", port: 1)

  private func event(_ line: String) throws -> Event {
    let words = line.split(separator: " ")
    return try Passing.event(
      Array(words.dropFirst()), isSent: words[0] == ">", version: .v5, wall: 1_000_000_000, monotonic: 1)
  }

  private func receive(_ lines: String..., in model: inout Model) throws {
    for line in lines { model.receive(try event(line)) }
  }

  private func press(_ keys: Key..., in model: inout Model) -> [Effect] {
    keys.flatMap { key in
      let effects = model.handle(key)
      model.refresh(at: Instant(wall: 2_000_000_000, monotonic: 2)) { 2 }
      return effects
    }
  }

  @Test func `in MQTT 5 too, where we answer it, the malformed packet is evidence`() throws {
    var model = Model(Model.Settings(address: "b", clientID: "c"))
    try receive("< connack", "< bytes 48 02 00 01", "> disconnect 129", in: &model)
    let bad = MalformedPacket(
      packet: .puback, field: "flags", offset: 0, reason: .malformedPacket, explanation: "are 8, not 0")
    model.receive(.disconnected(Disconnection(.malformed(bad), endpoint: Self.endpoint)))
    #expect(model.explanation?.why.contains("It sent: 48 02 00 01") == true)
    model.receive(.disconnected(Disconnection(.closed(wasAccepted: true), endpoint: Self.endpoint)))
    #expect(model.connection.lastBytes.isEmpty)
  }

  @Test func `what passed unseen while the view was closed is no beginning of what is seen now`() throws {
    var model = Model(Model.Settings(address: "b", clientID: "c"))
    _ = press(.character("L"), .character("q"), in: &model)
    // Told before the client heard that nobody watches any more
    try receive("< publish q1 5 a x", in: &model)
    #expect(press(.character("L"), in: &model).count == 1)
    try receive("> puback 5", in: &model)
    let newest = try #require(model.packets.entry(model.packets.next - 1))
    #expect(newest.packet?.type == .puback && newest.link == PacketLink())
  }

  @Test func `the filter rests while the view is closed, and is there when it opens`() throws {
    var model = Model(Model.Settings(address: "b", clientID: "c"))
    try receive("> pingreq", "< pingresp", in: &model)
    _ = press(.character("L"), .character("/"), .character("p"), .character("i"), .enter, in: &model)
    #expect(model.packets.rowCount == 2)
    _ = press(.character("q"), in: &model)
    #expect(model.packets.rowCount == model.packets.count)
    try receive("> pingreq", "> disconnect", in: &model)
    _ = press(.character("L"), in: &model)
    #expect(model.packets.rowCount == 3)
  }

  @Test func `a packet is saved with its bytes, which a word about the connection has none of`() throws {
    var model = Model(Model.Settings(address: "b", clientID: "c"))
    try receive("> connect", "< bytes 48 02 00 01", in: &model)
    model.receive(.disconnected(Disconnection(.closed(wasAccepted: true), endpoint: Self.endpoint)))
    guard case .savePackets(let text, let count) = press(.character("L"), .character("w"), in: &model).last else {
      Issue.record("nothing is saved")
      return
    }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    #expect(count == 2)
    #expect(lines.count { $0.contains(" · ") } == 2)
    #expect(lines.contains("    48 02 00 01"))
    #expect(lines.contains { $0.hasPrefix("    10 2e 00 04 4d 51 54 54 05 c2 ") })
    #expect(!lines.contains { $0.contains("6c 6f 76 65") })
  }

  @Test func `a word about the connection has no fields to open, a packet has`() throws {
    var model = Model(Model.Settings(address: "b", clientID: "c"))
    try receive("> pingreq", in: &model)
    _ = press(.character("L"), .enter, in: &model)
    #expect(model.packetView.detail?.packet == nil && model.packetView.detail?.fields.isEmpty == true)
    _ = press(.up, in: &model)
    #expect(model.packetView.detail?.packet?.type == .pingreq && model.packetView.detail?.fields.isEmpty == false)
  }

  @Test func `what is told of the packets that are kept counts no words`() throws {
    var model = Model(Model.Settings(address: "b", clientID: "c"))
    try receive("> pingreq", "< pingresp", in: &model)
    model.packets.note("a word", wall: 1)
    _ = press(.character("i"), in: &model)
    let facts = model.factsPane.groups.flatMap(\.facts)
    #expect(facts.first { $0.name == "packets kept" }?.value == "2")
  }
}
