import NIOCore

extension Publish {
  /// The message of a view, whole; `bytes` holds what the view was decoded from, in its readable part.
  public init(_ view: PublishView, in bytes: ByteBuffer, version: ProtocolVersion) throws(MalformedPacket) {
    self.init(topic: "")
  }
}
