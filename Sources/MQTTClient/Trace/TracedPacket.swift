import MQTT

/// A packet that passed, as a place in the bytes of its batch.
public struct TracedPacket: Equatable, Sendable {
  /// Where its bytes start.
  public var start: UInt32
  /// How many of its bytes are kept.
  public var keptSize: UInt32
  /// How many bytes it had.
  public var size: UInt32
  /// Its packet identifier; 0 if it has none.
  public var packetID: UInt16
  /// Its first byte: type and flags.
  public var firstByte: UInt8
  /// Whether we sent it.
  public var isSent: Bool
  /// The version that it is written in.
  public var version: ProtocolVersion

  /// A packet as a place.
  public init(
    start: UInt32, keptSize: UInt32, size: UInt32, packetID: UInt16, firstByte: UInt8, isSent: Bool,
    version: ProtocolVersion
  ) {
    self.start = start
    self.keptSize = keptSize
    self.size = size
    self.packetID = packetID
    self.firstByte = firstByte
    self.isSent = isSent
    self.version = version
  }
}

extension TracedPacket {
  /// Who sent it.
  public var sender: Side { isSent ? .client : .server }

  /// The type; nil if the first byte names none.
  public var type: PacketType? { PacketType(rawValue: firstByte >> 4) }

  /// The places of the bytes that are kept.
  public var place: Range<Int> { Int(start)..<Int(start) + Int(keptSize) }
}
