import MQTT
import MQTTClient
import NIOCore

/// One line of the protocol view: a packet that passed, or a word about the connection between two packets.
struct PacketEntry: Equatable, Sendable {
  /// What the line is about.
  enum Content: Equatable, Sendable {
    /// A packet, and the bytes of it that are kept.
    case packet(TracedPacket, ByteBuffer)
    /// What happened to the connection.
    case note(String)
  }

  /// Counts everything that passed, from 1.
  let number: UInt64
  let content: Content
  /// Nanoseconds since 1970.
  let wall: Int64
  let link: PacketLink

  /// The packet, if it is one.
  var packet: TracedPacket? { if case .packet(let packet, _) = content { packet } else { nil } }

  /// The bytes that are kept; none for a note.
  var bytes: ByteBuffer { if case .packet(_, let bytes) = content { bytes } else { ByteBuffer() } }
}

/// How a packet belongs to others.
struct PacketLink: Equatable, Sendable {
  /// The number of the first packet of its exchange; 0 if it is alone.
  var exchange: UInt64 = 0
  /// Nanoseconds since the packet that it answers; nil if it answers none that was seen.
  var roundTrip: Int64?
}
