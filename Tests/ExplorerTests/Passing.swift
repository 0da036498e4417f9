import MQTT
import MQTTClient
import NIOCore

/// Packets as the tap tells of them, from words.
///
///     connect · connack [present] · subscribe ID FILTER… · suback ID CODE… · unsubscribe ID FILTER… · unsuback ID CODE…
///     publish [q1 q2 dup retain] ID TOPIC PAYLOAD · puback, pubrec, pubrel, pubcomp ID [CODE] · pingreq · pingresp
///     disconnect [CODE] · bytes 48 54 …
enum Passing {
  static func event(
    _ words: [Substring], isSent: Bool, version: ProtocolVersion, wall: Int64, monotonic: Int64
  ) throws -> Event {
    var batch = TraceBatch(wall: wall, monotonic: monotonic)
    try add(words, isSent: isSent, version: version, to: &batch)
    return .traced(batch)
  }

  /// Adds a packet to a batch, without its secrets, as the tap does.
  static func add(_ words: [Substring], isSent: Bool, version: ProtocolVersion, to batch: inout TraceBatch) throws {
    var bytes = ByteBuffer()
    var id: UInt16 = 0
    if words.first == "bytes" {
      bytes.writeBytes(words.dropFirst().compactMap { UInt8($0, radix: 16) })
    } else {
      let packet = try packet(words)
      id = packet.type == .connect || packet.type == .disconnect ? 0 : number(words.first { UInt16($0) != nil }) ?? 0
      try packet.encode(into: &bytes, version: version, from: isSent ? .client : .server)
    }
    add(bytes, id: id, isSent: isSent, version: version, to: &batch)
  }

  static func add(
    _ bytes: ByteBuffer, id: UInt16, isSent: Bool, version: ProtocolVersion, to batch: inout TraceBatch
  ) {
    var kept = bytes
    for place in PacketAnatomy(bytes.readableBytesSpan, version: version, from: isSent ? .client : .server).secrets {
      kept.setRepeatingByte(0, count: place.count, at: place.lowerBound)
    }
    let size = UInt32(bytes.readableBytes)
    batch.packets.append(
      TracedPacket(
        start: UInt32(batch.bytes.writerIndex), keptSize: size, size: size, packetID: id,
        firstByte: bytes.getInteger(at: 0) ?? 0, isSent: isSent, version: version))
    batch.bytes.writeImmutableBuffer(kept)
  }

  private static func packet(_ words: [Substring]) throws -> Packet {
    let rest = words.dropFirst().map(String.init)
    let id = number(words.dropFirst().first) ?? 0
    let codes = rest.dropFirst().compactMap { UInt8($0) }.map(ReasonCode.init(rawValue:))
    let step = Acknowledgement(id, codes.first ?? .success)
    switch words.first {
    case "connect":
      return .connect(
        Connect(clientID: "mqttscope-0000002a", username: "ada", password: Array("lovelace".utf8), will: nil))
    case "connack": return .connack(Connack(sessionPresent: rest.contains("present")))
    case "subscribe":
      let filters = rest.dropFirst().map { Subscription(filter: $0, retainAsPublished: true) }
      return .subscribe(Subscribe(packetID: id, subscriptions: filters))
    case "suback": return .suback(Suback(packetID: id, reasonCodes: codes))
    case "unsubscribe": return .unsubscribe(Unsubscribe(packetID: id, filters: Array(rest.dropFirst())))
    case "unsuback": return .unsuback(Unsuback(packetID: id, reasonCodes: codes))
    case "publish": return .publish(publish(rest))
    case "puback": return .puback(step)
    case "pubrec": return .pubrec(step)
    case "pubrel": return .pubrel(step)
    case "pubcomp": return .pubcomp(step)
    case "pingreq": return .pingreq
    case "pingresp": return .pingresp
    case "disconnect":
      return .disconnect(Disconnect(ReasonCode(rawValue: rest.first.flatMap { UInt8($0) } ?? 0)))
    default: throw ScreenError("\(words.first ?? "") is no packet.")
    }
  }

  private static func publish(_ words: [String]) -> Publish {
    let plain = words.filter { !["q1", "q2", "dup", "retain"].contains($0) }
    let qos: QoS = words.contains("q2") ? .exactlyOnce : words.contains("q1") ? .atLeastOnce : .atMostOnce
    return Publish(
      topic: plain[1], payload: ByteBuffer(string: plain.dropFirst(2).joined(separator: " ")), qos: qos,
      isRetained: words.contains("retain"), isDuplicate: words.contains("dup"), packetID: UInt16(plain[0]) ?? 0)
  }

  private static func number(_ word: Substring?) -> UInt16? { word.flatMap { UInt16($0) } }
}
