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
    self.init(
      topic: span.string(in: view.topic), payload: payload, qos: view.qos, isRetained: view.isRetained,
      isDuplicate: view.isDuplicate, packetID: view.packetID,
      properties: try Properties(ofPublish: span.extracting(view.properties)))
  }
}

extension Properties {
  /// The properties of a PUBLISH without their length, as the places of a view give them.
  ///
  /// Throws only if the bytes are not what a decoder found valid.
  public init(ofPublish bytes: RawSpan) throws(MalformedPacket) {
    var reader = PacketReader(
      packet: .publish, start: 0, end: bytes.byteCount, position: 0, version: .v5, sender: .server, policy: .accepting)
    try self.init(upTo: bytes.byteCount, of: .publish, from: &reader, in: bytes)
  }
}
