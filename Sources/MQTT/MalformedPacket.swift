/// Received bytes that the standard forbids: which packet, which field, where, and what to say to the sender.
public struct MalformedPacket: Error, Equatable, Sendable {
  /// The type of the packet; nil if the first byte names none.
  public var packet: PacketType?
  /// The field as the standard names it, such as `topic name`.
  public var field: String
  /// Where the field is, in bytes from the first byte of the packet.
  public var offset: Int
  /// The reason code that DISCONNECT (or CONNACK) of 5.0 gives back.
  public var reason: ReasonCode
  /// What is wrong with the field, as the end of a sentence about it.
  public var explanation: String

  /// An account of a bad packet.
  public init(packet: PacketType?, field: String, offset: Int, reason: ReasonCode, explanation: String) {
    self.packet = packet
    self.field = field
    self.offset = offset
    self.reason = reason
    self.explanation = explanation
  }
}

extension MalformedPacket: CustomStringConvertible {
  /// A sentence such as `SUBACK: the reason code at byte 4 is 3, which SUBACK does not allow (0x81 Malformed packet).`
  public var description: String {
    let hex = String(reason.rawValue, radix: 16, uppercase: true)
    let name = packet?.description ?? "Packet"
    return "\(name): the \(field) at byte \(offset) \(explanation) (0x\(hex) \(reason))."
  }
}
