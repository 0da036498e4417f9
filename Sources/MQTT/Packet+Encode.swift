import NIOCore

extension Packet {
  /// Appends the bytes of the packet, or leaves the buffer as it was and says why the packet cannot be sent.
  public func encode(
    into buffer: inout ByteBuffer, version: ProtocolVersion, maximumSize: Int = 268_435_460
  ) throws(EncodingError) {
  }
}
