/// Every field of one packet with its place, in the order of the bytes: what a person reads to see the protocol.
///
/// It is made for packets that are looked at, good or bad, whole or cut. It only places the fields, as far as the bytes
/// make sense, and judges nothing: what is wrong is what `PacketDecoder` complains about, as on the wire. Secrets are told
/// by their size alone, and where the way was lost all that follows may be one.
public struct PacketAnatomy: Sendable {
  /// The fields.
  public private(set) var fields: [PacketField] = []
  /// The places of passwords and authentication data, and of what may be some.
  public private(set) var secrets: [Range<Int>] = []
  var reader: PacketReader
  /// Bytes of the packet that are not here.
  private(set) var missing = 0

  /// Takes a packet apart; `bytes` begin with its first byte and may end before its last.
  public init(_ bytes: RawSpan, version: ProtocolVersion, from sender: Side) {
    let type = bytes.isEmpty ? nil : PacketType(rawValue: bytes.byte(at: 0) >> 4)
    reader = PacketReader(
      packet: type ?? .connect, start: 0, end: bytes.byteCount, position: min(1, bytes.byteCount), version: version,
      sender: sender, policy: .accepting)
    let stop = type.flatMap { walk($0, bytes) }
    let end = Self.end(of: bytes)
    if type?.hasSecrets == true { hide(from: stop.map(placeOfLoss) ?? end, to: bytes.byteCount) }
    let complaint = Self.complaint(bytes.extracting(first: end), version, sender)
    if let fault = complaint ?? (missing > 0 ? nil : stop) { insert(fault, before: end) }
    if missing > 0 { addMissing(at: end) }
  }

  /// How many bytes type, flags and length take.
  public static func headerSize(of packet: RawSpan) -> Int {
    switch VariableByteInteger.read(packet, at: 1) {
    case .value(_, let size), .notMinimal(_, let size): 1 + size
    case .incomplete, .tooLong: min(5, packet.byteCount)
    }
  }

  /// Where the packet ends, or what is there of it.
  private static func end(of bytes: RawSpan) -> Int {
    switch VariableByteInteger.read(bytes, at: 1) {
    case .value(let length, let size), .notMinimal(let length, let size): min(1 + size + length, bytes.byteCount)
    case .incomplete, .tooLong: bytes.byteCount
    }
  }

  /// What the decoder says of the packet, or of as much of it as is there.
  private static func complaint(_ packet: RawSpan, _ version: ProtocolVersion, _ sender: Side) -> MalformedPacket? {
    var decoder = PacketDecoder(version: version, from: sender, topicAliasMaximum: .max)
    var (offset, views) = (0, [PublishView]())
    do throws(MalformedPacket) {
      _ = try decoder.decode(packet, at: &offset, publishes: &views)
      return nil
    } catch {
      return error
    }
  }

  /// Places the fields; gives what stopped it.
  private mutating func walk(_ type: PacketType, _ bytes: RawSpan) -> MalformedPacket? {
    do throws(MalformedPacket) {
      try readHeader(type, bytes)
      try readBody(type, bytes)
      if missing == 0 { try reader.finish() }
      return nil
    } catch {
      return error
    }
  }

  /// Where bytes begin of which nobody knows what they are: behind the last field, and behind the number and length of the
  /// one that is wrong, so that it can still be seen to be.
  private func placeOfLoss(by stop: MalformedPacket) -> Int {
    let behind = fields.last?.place.upperBound ?? 0
    // One wrong length in CONNECT, and the password stands where another field is looked for
    if reader.packet == .connect, missing == 0 { return min(behind, 10) }
    guard stop.offset >= behind else { return behind }
    let isTooShort = stop.offset >= reader.position
    let isOfSecret = ["password", "authentication data"].contains(stop.field)
    let shown = isTooShort && (isOfSecret || stop.offset > behind) ? stop.offset - behind : stop.offset - behind + 1
    return behind + min(shown, 3)
  }

  private mutating func hide(from start: Int, to end: Int) {
    if start < end { secrets.append(start..<end) }
  }

  /// Adds a fault behind the field that it is about.
  private mutating func insert(_ fault: MalformedPacket, before end: Int) {
    let start = min(fault.offset, end)
    let about = fields.last { $0.place.lowerBound == start }
    let field = PacketField(fault.field, fault.explanation, at: about?.place ?? start..<end, .fault)
    let index = fields.lastIndex { $0.place.lowerBound <= start }
    fields.insert(field, at: index.map { $0 + 1 } ?? 0)
  }

  private mutating func readHeader(_ type: PacketType, _ bytes: RawSpan) throws(MalformedPacket) {
    let flags = bytes.byte(at: 0) & 0x0F
    add("packet type", "\(type.rawValue) \(type)", from: 0)
    if type == .publish {
      add("DUP flag", flags & 0b1000 == 0 ? "0" : "1, sent before", from: 0, .part)
      add("QoS level", "\(flags >> 1 & 0b11)", from: 0, .part)
      add("RETAIN", "\(flags & 1)", from: 0, .part)
    } else {
      add("flags", "\(flags)", from: 0, .part)
    }
    switch VariableByteInteger.read(bytes, at: 1) {
    case .value(let length, let size), .notMinimal(let length, let size):
      reader.position = 1 + size
      add("remaining length", "\(length)", from: 1)
      missing = max(0, 1 + size + length - bytes.byteCount)
      reader.end = min(1 + size + length, bytes.byteCount)
    case .incomplete:
      missing = 1
      throw reader.malformed("remaining length", at: 1, "goes beyond the end")
    case .tooLong: throw reader.malformed("remaining length", at: 1, "has more than four bytes")
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
    secrets.append(place)
  }

  /// The payload: everything that is left.
  mutating func addPayload() {
    let start = reader.position
    reader.position = max(start, reader.end)
    let size = reader.position - start + missing
    let kept = missing > 0 ? ", of which the first \(size - missing) are kept" : ""
    add("payload", Self.count(size) + kept, from: start)
  }

  private mutating func addMissing(at end: Int) {
    fields.append(PacketField("…", "\(Self.count(missing)) more were not kept", at: end..<end, .missing))
  }

  static func count(_ bytes: Int) -> String { bytes == 1 ? "1 byte" : "\(bytes) bytes" }
}
