/// Every field of one packet with its place, in the order of the bytes: what a person reads to see the protocol.
///
/// It is made for packets that are looked at, good or bad, whole or cut: a bad one is explained up to its fault by the
/// same reader that refuses it on the wire. Secrets are told by their size alone.
public struct PacketAnatomy: Sendable {
  /// The fields.
  public private(set) var fields: [PacketField] = []
  var reader: PacketReader
  /// Bytes of the packet that are not here.
  private(set) var missing = 0

  /// Takes a packet apart; `bytes` begin with its first byte and may end before its last.
  public init(_ bytes: RawSpan, version: ProtocolVersion, from sender: Side) {
    let type = bytes.isEmpty ? nil : PacketType(rawValue: bytes.byte(at: 0) >> 4)
    reader = PacketReader(
      packet: type ?? .connect, start: 0, end: bytes.byteCount, position: min(1, bytes.byteCount), version: version,
      sender: sender, policy: .accepting)
    if let type { read(type, bytes) } else { add("packet type", "0, which is reserved", from: 0, .fault) }
  }

  /// The places of passwords and authentication data.
  public var secrets: [Range<Int>] { fields.filter { $0.kind == .secret }.map(\.place) }

  private mutating func read(_ type: PacketType, _ bytes: RawSpan) {
    do throws(MalformedPacket) {
      try readHeader(type, bytes)
      try readBody(type, bytes)
      guard missing == 0 else { return addMissing() }
      try reader.finish()
    } catch {
      if missing > 0 { return addMissing() }
      let start = min(error.offset, bytes.byteCount)
      fields.append(PacketField(error.field, error.explanation, at: start..<bytes.byteCount, .fault))
    }
  }

  private mutating func readHeader(_ type: PacketType, _ bytes: RawSpan) throws(MalformedPacket) {
    let flags = bytes.byte(at: 0) & 0x0F
    add("packet type", "\(type.rawValue) \(type)", from: 0)
    if type == .publish {
      add("DUP flag", flags & 0b1000 == 0 ? "0" : "1, sent before", from: 0, .part)
      add("QoS level", "\(flags >> 1 & 0b11)", from: 0, .part)
      add("RETAIN", "\(flags & 1)", from: 0, .part)
    } else {
      let isRight = flags == type.requiredFlags
      let value = isRight ? "\(flags)" : "\(flags), not \(type.requiredFlags)"
      add("flags", value, from: 0, isRight ? .part : .fault)
    }
    switch VariableByteInteger.read(bytes, at: 1) {
    case .value(let length, let size), .notMinimal(let length, let size):
      reader.position = 1 + size
      add("remaining length", "\(length)", from: 1)
      missing = max(0, 1 + size + length - bytes.byteCount)
      reader.end = min(1 + size + length, bytes.byteCount)
    case .incomplete, .tooLong:
      throw reader.malformed("remaining length", at: 1, "is no length of one to four bytes")
    }
  }

  private mutating func readBody(_ type: PacketType, _ bytes: RawSpan) throws(MalformedPacket) {
    switch type {
    case .connect: try readConnect(bytes)
    case .connack: try readConnack(bytes)
    case .publish: try readPublish(bytes)
    case .puback, .pubrec, .pubrel, .pubcomp: try readAcknowledgement(bytes)
    case .subscribe: try readSubscribe(bytes)
    case .suback, .unsuback: try readAnswers(bytes)
    case .unsubscribe: try readUnsubscribe(bytes)
    case .disconnect, .auth: try readEnd(bytes)
    case .pingreq, .pingresp: break
    }
  }

  /// Adds what was read since `start`.
  mutating func add(_ name: String, _ value: String, from start: Int, _ kind: PacketField.Kind = .field) {
    fields.append(PacketField(name, value, at: start..<max(start, reader.position), kind))
  }

  /// Adds bits of the byte that was read last.
  mutating func addBits(_ name: String, _ value: String) {
    add(name, value, from: reader.position - 1, .part)
  }

  /// Adds what nobody may see; the length before it is no secret, since the size is said anyway.
  mutating func addSecret(_ name: String, at place: Range<Int>) {
    fields.append(PacketField(name, "••• \(Self.count(place.count))", at: place, .secret))
  }

  /// The payload: everything that is left.
  mutating func addPayload() {
    let start = reader.position
    reader.position = max(start, reader.end)
    let size = reader.position - start + missing
    let kept = missing > 0 ? ", of which the first \(size - missing) are kept" : ""
    add("payload", Self.count(size) + kept, from: start)
  }

  private mutating func addMissing() {
    fields.append(PacketField("…", "\(Self.count(missing)) more were not kept", at: reader.end..<reader.end, .missing))
  }

  static func count(_ bytes: Int) -> String { bytes == 1 ? "1 byte" : "\(bytes) bytes" }
}
