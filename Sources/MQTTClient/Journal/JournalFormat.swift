import MQTT
import NIOCore

/// The bytes of a journal: a mark, then records one after the other.
///
/// A record is the length of what follows its checksum (4 bytes), the checksum (4), a number (8; a request's, or a count), and a
/// packet in the encoding of the wire, all in network byte order. The first packet is CONNECT, which says the version of
/// those behind it. Reading ends at the first record that is not whole: what a crash tore, no packet followed.
enum JournalFormat {
  /// What a journal starts with; the last byte is the version of the format.
  static let mark: [UInt8] = Array("mqscope".utf8) + [1]

  private static let head = 8  // bytes before what is checked
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
  }

  /// Appends a record, or nothing if the packet cannot be written.
  static func write(
    _ entry: JournalEntry, version: ProtocolVersion, to buffer: inout ByteBuffer
  ) throws(EncodingError) {
    var record = ByteBuffer()
    record.writeInteger(entry.number)
    try entry.packet.encode(into: &record, version: version, from: .client)
    buffer.writeInteger(UInt32(record.readableBytes))
    buffer.writeInteger(checksum(record.readableBytesSpan))
    buffer.writeBuffer(&record)
  }

  /// All whole records of a journal, and how many bytes they take with the mark; nil if the mark is another.
  static func read(_ bytes: ByteBuffer) -> (entries: [JournalEntry], size: Int)? {
    var rest = bytes
    guard let mark = rest.readBytes(length: mark.count), mark == Self.mark else { return nil }
    var entries: [JournalEntry] = []
    var decoder = PacketDecoder(version: .v5, from: .client)
    while let record = nextRecord(in: &rest), let entry = entry(in: record, &decoder) { entries.append(entry) }
    return (entries, bytes.readableBytes - rest.readableBytes)
  }

  private static func nextRecord(in rest: inout ByteBuffer) -> ByteBuffer? {
    var ahead = rest
    guard let length = ahead.readInteger(as: UInt32.self), let sum = ahead.readInteger(as: UInt32.self),
      let record = ahead.readSlice(length: Int(length)), checksum(record.readableBytesSpan) == sum
    else { return nil }
    rest = ahead
    return record
  }

  private static func entry(in record: ByteBuffer, _ decoder: inout PacketDecoder) -> JournalEntry? {
    var packet = record
    guard let number = packet.readInteger(as: UInt64.self) else { return nil }
    var views: [PublishView] = []
    var offset = 0
    do throws(MalformedPacket) {
      let step = try decoder.decode(packet.readableBytesSpan, at: &offset, publishes: &views)
      if let view = views.first {
        var publish = try Publish(view, in: packet, version: decoder.version)
        publish.payload = ByteBuffer(buffer: publish.payload)
        return JournalEntry(.publish(publish), number, version: decoder.version)
      }
      guard case .packet(let packet) = step else { return nil }
      return JournalEntry(packet, number, version: decoder.version)
    } catch {
      return nil  // written by nobody who knows the format: as good as torn
    }
  }

  /// CRC-32 as in zip and Ethernet.
  private static func checksum(_ bytes: RawSpan) -> UInt32 {
    var sum: UInt32 = .max
    for offset in bytes.byteOffsets {
      let byte = bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      sum = sum >> 8 ^ table[Int((sum ^ UInt32(byte)) & 0xFF)]
    }
    return ~sum
  }
}
