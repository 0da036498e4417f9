/// A set of packet types, and the properties of a will as if they were one: a cell of the tables of the standard.
struct PacketSet: OptionSet {
  let rawValue: UInt16

  static let will = PacketSet(rawValue: 1)  // the bit of packet type 0, which is reserved
  static let connect = PacketSet(.connect)
  static let connack = PacketSet(.connack)
  static let publish = PacketSet(.publish)
  static let puback = PacketSet(.puback)
  static let pubrec = PacketSet(.pubrec)
  static let pubrel = PacketSet(.pubrel)
  static let pubcomp = PacketSet(.pubcomp)
  static let subscribe = PacketSet(.subscribe)
  static let suback = PacketSet(.suback)
  static let unsubscribe = PacketSet(.unsubscribe)
  static let unsuback = PacketSet(.unsuback)
  static let disconnect = PacketSet(.disconnect)
  static let auth = PacketSet(.auth)

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init(_ type: PacketType) { rawValue = 1 << UInt16(type.rawValue) }
}
