import NIOCore

/// The properties of a will as they are kept on disk: as on the wire, without their length.
extension Properties {
  /// The bytes of properties that a will may have.
  package func bytesOfWill() throws(EncodingError) -> [UInt8] {
    var buffer = ByteBuffer()
    try encode(of: .will, in: .connect, into: &buffer, version: .v5, from: .client)
    guard case .value(_, let size) = VariableByteInteger.read(buffer.readableBytesSpan, at: 0) else { return [] }
    buffer.moveReaderIndex(forwardBy: size)
    return Array(buffer.readableBytesView)
  }

  /// Reads what `bytesOfWill` gave. Throws if the bytes are no properties of a will.
  package init(ofWill bytes: RawSpan) throws(MalformedPacket) {
    var reader = PacketReader(
      packet: .connect, start: 0, end: bytes.byteCount, position: 0, version: .v5, sender: .client, policy: .accepting)
    try self.init(upTo: bytes.byteCount, of: .will, from: &reader, in: bytes)
  }
}
