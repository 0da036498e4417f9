/// A place in the bytes of one packet, and the account of what is wrong there.
///
/// It holds no bytes, so every read names the span; no read leaves the packet.
struct PacketReader {
  let packet: PacketType
  /// Where the packet starts in the span.
  let start: Int
  /// Where what is being read ends: the packet, or its properties.
  var end: Int
  /// Where the next read takes place.
  var position: Int
  var version: ProtocolVersion
  let sender: Side
  let policy: TextPolicy

  var isAtEnd: Bool { position >= end }

  /// What is to be thrown about a field.
  func malformed(
    _ field: StaticString, at place: Int, _ explanation: String, _ reason: ReasonCode = .malformedPacket
  ) -> MalformedPacket {
    MalformedPacket(
      packet: packet, field: field.description, offset: place - start, reason: reason, explanation: explanation)
  }

  @inline(__always)
  mutating func byte(_ field: StaticString, in bytes: RawSpan) throws(MalformedPacket) -> UInt8 {
    try need(1, field)
    defer { position += 1 }
    return bytes.byte(at: position)
  }

  mutating func twoBytes(_ field: StaticString, in bytes: RawSpan) throws(MalformedPacket) -> UInt16 {
    try need(2, field)
    defer { position += 2 }
    return bytes.twoBytes(at: position)
  }

  mutating func fourBytes(_ field: StaticString, in bytes: RawSpan) throws(MalformedPacket) -> UInt32 {
    try need(4, field)
    defer { position += 4 }
    return bytes.fourBytes(at: position)
  }

  mutating func variableByteInteger(_ field: StaticString, in bytes: RawSpan) throws(MalformedPacket) -> Int {
    switch VariableByteInteger.read(bytes.extracting(first: end), at: position) {
    case .value(let value, let size):
      position += size
      return value
    case .incomplete: throw malformed(field, at: position, "goes beyond the end")
    case .tooLong: throw malformed(field, at: position, "has more than four bytes")
    case .notMinimal: throw malformed(field, at: position, "takes more bytes than it needs")
    }
  }

  /// The number of a delivery or request, which is never zero.
  mutating func packetID(in bytes: RawSpan) throws(MalformedPacket) -> UInt16 {
    let place = position
    let id = try twoBytes("packet identifier", in: bytes)
    guard id != 0 else { throw malformed("packet identifier", at: place, "is zero", misplaced) }
    return id
  }

  /// What it is called if something is where it does not belong. 2.2.2.2 says malformed of properties and nothing of
  /// other things; mosquitto, and what is tested against it, say protocol error but of requests for subscriptions.
  var misplaced: ReasonCode { packet == .subscribe || packet == .unsubscribe ? .malformedPacket : .protocolError }

  /// The place of bytes after their length.
  mutating func binary(_ field: StaticString, in bytes: RawSpan) throws(MalformedPacket) -> Range<Int> {
    let size = Int(try twoBytes(field, in: bytes))
    try need(size, field)
    defer { position += size }
    return position..<position + size
  }

  /// The place of text after its length.
  mutating func text(_ field: StaticString, in bytes: RawSpan) throws(MalformedPacket) -> Range<Int> {
    let place = try binary(field, in: bytes)
    guard let (problem, offset) = Text.problem(in: bytes.extracting(place), policy: policy) else { return place }
    let explanation =
      switch problem {
      case .illFormed: "is not UTF-8"
      case .nullCharacter: "contains U+0000"
      case .disallowed: "contains a control character or a non-character"
      }
    throw malformed(field, at: place.lowerBound + offset, explanation)
  }

  /// Text copied.
  mutating func string(_ field: StaticString, in bytes: RawSpan) throws(MalformedPacket) -> String {
    bytes.string(in: try text(field, in: bytes))
  }

  /// Refuses bytes behind the last field.
  func finish() throws(MalformedPacket) {
    guard position == end else {
      throw malformed("remaining length", at: start + 1, "leaves \(end - position) bytes behind the last field")
    }
  }

  @inline(__always)
  private func need(_ count: Int, _ field: StaticString) throws(MalformedPacket) {
    guard end - position >= count else { throw malformed(field, at: position, "goes beyond the end") }
  }
}
