/// Why a packet cannot be sent as it is.
public enum EncodingError: Error, Equatable, Sendable {
  /// The topic or filter breaks a rule.
  case topic(String, TopicError)
  /// The field does not fit in the 65,535 bytes that the standard gives it.
  case tooLong(field: String, size: Int)
  /// The field contains U+0000, which text in MQTT must not.
  case nullCharacter(field: String)
  /// The packet exceeds what the receiver accepts, or what the standard can express.
  case packetTooLarge(size: Int, maximum: Int)
  /// The packet needs a number from 1 to 65,535, or none at QoS 0.
  case packetID(PacketType, UInt16)
  /// QoS 0 is never a duplicate.
  case duplicateAtMostOnce
  /// SUBSCRIBE, UNSUBSCRIBE and their answers name at least one filter.
  case nothingRequested(PacketType)
  /// The reason code has no place in the packet.
  case reasonCode(ReasonCode, PacketType)
  /// The property has no place in the packet.
  case propertyNotAllowed(String, in: PacketType)
  /// The property may be given only once.
  case propertyRepeated(String)
  /// The property has a value outside its range.
  case propertyOutOfRange(String)
  /// The version has no such packet, or not this field of it.
  case notInVersion(String, ProtocolVersion)
  /// The standard forbids this combination of fields.
  case contradiction(String)
}

extension EncodingError: CustomStringConvertible {
  /// A sentence for the person who wanted to send the packet.
  public var description: String {
    switch self {
    case .topic(let topic, let error): "“\(topic)”: \(error)"
    case .tooLong(let field, let size): "The \(field) has \(size) bytes; MQTT allows 65535."
    case .nullCharacter(let field): "The \(field) contains the character U+0000, which MQTT forbids."
    case .packetTooLarge(let size, let maximum): "The packet has \(size) bytes; the receiver accepts \(maximum)."
    case .packetID(let type, let id): "\(type) cannot have the packet identifier \(id)."
    case .duplicateAtMostOnce: "A message of QoS 0 cannot be marked as a duplicate."
    case .nothingRequested(let type): "\(type) must name at least one topic filter."
    case .reasonCode(let code, let type): "\(type) cannot carry the reason code \(code.rawValue) (\(code))."
    case .propertyNotAllowed(let name, let type): "\(type) cannot carry the property \(name)."
    case .propertyRepeated(let name): "The property \(name) can be given only once."
    case .propertyOutOfRange(let name): "The property \(name) has a value that MQTT does not allow."
    case .notInVersion(let what, let version): "MQTT \(version) has no \(what)."
    case .contradiction(let sentence): sentence
    }
  }
}
