import NIOCore

extension Publish {
  /// The message of a view, whole; `bytes` holds, in its readable part, what the view was decoded from.
  ///
  /// The payload shares the memory of `bytes`. Throws only if `bytes` is not what the view was decoded from.
  public init(_ view: PublishView, in bytes: ByteBuffer, version: ProtocolVersion) throws(MalformedPacket) {
    let span = bytes.readableBytesSpan
    let size = view.payload.count
    // The topic of an alias may stand behind the packet
    guard view.topic.upperBound <= span.byteCount, view.payload.upperBound <= span.byteCount,
      let payload = bytes.getSlice(at: bytes.readerIndex + view.payload.lowerBound, length: size)
    else {
      throw MalformedPacket(
        packet: .publish, field: "topic name", offset: 0, reason: .malformedPacket,
        explanation: "is not in these bytes")
    }
    var reader = PacketReader(
      packet: .publish, start: view.properties.lowerBound, end: view.properties.upperBound,
      position: view.properties.lowerBound, version: version, sender: .server, policy: .accepting)
    self.init(
      topic: span.string(in: view.topic), payload: payload, qos: view.qos, isRetained: view.isRetained,
      isDuplicate: view.isDuplicate, packetID: view.packetID,
      properties: try Properties(upTo: view.properties.upperBound, of: .publish, from: &reader, in: span))
  }
}
