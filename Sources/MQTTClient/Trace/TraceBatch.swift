import MQTT
import NIOCore

/// Packets that passed in one turn of the event loop, in order, with copies of their bytes.
///
/// Passwords and authentication data are zeroes here. Of a packet above `keptSize` only the first bytes are kept.
public struct TraceBatch: Equatable, Sendable {
  /// Of each packet so many bytes are kept at most.
  public static let keptSize = 64 << 10

  /// The bytes of the packets, one behind the other.
  public var bytes = ByteBuffer()
  /// The packets, in order.
  public var packets: [TracedPacket] = []
  /// When they passed, in nanoseconds since 1970.
  public var wall: Int64
  /// The same on the monotonic clock.
  public var monotonic: Int64

  /// A batch without packets.
  public init(wall: Int64, monotonic: Int64) {
    self.wall = wall
    self.monotonic = monotonic
  }

  /// What the batch costs while it is kept, in bytes.
  public var cost: Int {
    bytes.storageCapacity + packets.capacity * MemoryLayout<TracedPacket>.stride + Self.overhead
  }

  /// The same for what is in it now, without room for more.
  var size: Int { bytes.writerIndex + packets.count * MemoryLayout<TracedPacket>.stride }

  /// The bytes of a packet that are kept.
  public func bytes(of packet: TracedPacket) -> ByteBuffer {
    bytes.getSlice(at: packet.place.lowerBound, length: packet.place.count) ?? ByteBuffer()
  }

  /// The reason code of an acknowledgement, behind its identifier; 0, a success, where it has none.
  public func reasonCode(of packet: TracedPacket) -> UInt8 {
    guard packet.version == .v5 else { return 0 }
    let bytes = bytes(of: packet)
    return bytes.getInteger(at: bytes.readerIndex + PacketAnatomy.headerSize(of: bytes.readableBytesSpan) + 2) ?? 0
  }

  /// Two allocations and the batch itself.
  private static let overhead = 160
}
