extension Property {
  /// The property at a place that was found valid.
  init?(_ place: PropertyPlace, in bytes: RawSpan) {
    let number = place.number
    switch place.identifier {
    case 0x01: self = .payloadFormatIndicator(number == 1 ? .utf8 : .unspecified)
    case 0x02: self = .messageExpiryInterval(number)
    case 0x03: self = .contentType(bytes.string(in: place.value))
    case 0x08: self = .responseTopic(bytes.string(in: place.value))
    case 0x09: self = .correlationData(bytes.array(in: place.value))
    case 0x0B: self = .subscriptionIdentifier(number)
    case 0x11: self = .sessionExpiryInterval(number)
    case 0x12: self = .assignedClientIdentifier(bytes.string(in: place.value))
    case 0x13: self = .serverKeepAlive(UInt16(truncatingIfNeeded: number))
    case 0x15: self = .authenticationMethod(bytes.string(in: place.value))
    case 0x16: self = .authenticationData(bytes.array(in: place.value))
    case 0x17: self = .requestProblemInformation(number == 1)
    case 0x18: self = .willDelayInterval(number)
    case 0x19: self = .requestResponseInformation(number == 1)
    case 0x1A: self = .responseInformation(bytes.string(in: place.value))
    case 0x1C: self = .serverReference(bytes.string(in: place.value))
    case 0x1F: self = .reasonString(bytes.string(in: place.value))
    case 0x21: self = .receiveMaximum(UInt16(truncatingIfNeeded: number))
    case 0x22: self = .topicAliasMaximum(UInt16(truncatingIfNeeded: number))
    case 0x23: self = .topicAlias(UInt16(truncatingIfNeeded: number))
    case 0x24: self = .maximumQoS(number == 1 ? .atLeastOnce : .atMostOnce)
    case 0x25: self = .retainAvailable(number == 1)
    case 0x26: self = .userProperty(UserProperty(bytes.string(in: place.value), bytes.string(in: place.second)))
    case 0x27: self = .maximumPacketSize(number)
    case 0x28: self = .wildcardSubscriptionAvailable(number == 1)
    case 0x29: self = .subscriptionIdentifierAvailable(number == 1)
    case 0x2A: self = .sharedSubscriptionAvailable(number == 1)
    default: return nil
    }
  }
}

extension Properties {
  /// Reads the properties of a packet, or of its will, with their length; in 3.1.1 there are none.
  init(of owner: PacketSet, from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    self.init()
    guard reader.version == .v5 else { return }
    let end = try reader.propertyEnd(in: bytes)
    try self.init(upTo: end, of: owner, from: &reader, in: bytes)
  }

  /// Reads properties without their length, up to where they end.
  init(
    upTo end: Int, of owner: PacketSet, from reader: inout PacketReader, in bytes: RawSpan
  ) throws(MalformedPacket) {
    self.init()
    let packetEnd = reader.end
    reader.end = end
    var seen: UInt64 = 0
    while !reader.isAtEnd {
      let place = try reader.property(of: owner, seen: &seen, in: bytes)
      if let property = Property(place, in: bytes) { append(property) }
    }
    reader.end = packetEnd
  }
}
