/// The fixed header's flags of a PUBLISH, and what the subscription tells about them.
public struct MessageFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
  /// The bits.
  public let rawValue: UInt8

  /// Makes flags of bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// RETAIN was 1.
  public static let retain = MessageFlags(rawValue: 1)
  /// The low bit of the QoS.
  public static let qos1 = MessageFlags(rawValue: 2)
  /// The high bit of the QoS.
  public static let qos2 = MessageFlags(rawValue: 4)
  /// DUP was 1.
  public static let dup = MessageFlags(rawValue: 8)
  /// The subscription was made with Retain As Published, so a RETAIN of 0 means "not published as retained".
  public static let retainAsPublished = MessageFlags(rawValue: 16)

  /// Flags from the first byte of a PUBLISH (its low four bits are laid out alike).
  public init(firstByte: UInt8, retainAsPublished: Bool) {
    self.init(rawValue: firstByte & 0x0f | (retainAsPublished ? 16 : 0))
  }

  /// 0, 1 or 2.
  public var qos: UInt8 {
    rawValue >> 1 & 3
  }
}
