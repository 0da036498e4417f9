import MQTT
import NIOCore

/// The messages of one read of the socket, as places in the bytes that were read.
public struct MessageBatch: Sendable {
  /// The bytes; places count from its first readable byte.
  public var buffer: ByteBuffer
  /// The messages, in the order of their arrival.
  public var views: [PublishView]
  /// When they were read, in nanoseconds since 1970.
  public var receivedAt: Int64
  /// The version that the properties are written in.
  public var version: ProtocolVersion

  /// A batch of messages.
  public init(buffer: ByteBuffer, views: [PublishView], receivedAt: Int64, version: ProtocolVersion) {
    self.buffer = buffer
    self.views = views
    self.receivedAt = receivedAt
    self.version = version
  }

  /// What the batch costs while it is kept, in bytes.
  var cost: Int { buffer.storageCapacity + views.capacity * MemoryLayout<PublishView>.stride }
}

extension MessageBatch: Equatable {
  /// Whether both have the same bytes at the same places.
  public static func == (a: MessageBatch, b: MessageBatch) -> Bool {
    a.buffer == b.buffer && a.receivedAt == b.receivedAt && a.version == b.version
      && a.views.elementsEqual(b.views) { one, other in
        one.topic == other.topic && one.properties == other.properties && one.payload == other.payload
          && one.packetID == other.packetID && one.topicAlias == other.topicAlias && one.flags == other.flags
      }
  }
}
