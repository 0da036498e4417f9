extension PacketAnatomy {
  /// The properties of the packet, or of its will, with their length; in 3.1.1 there are none.
  mutating func readProperties(of owner: PacketSet, _ bytes: RawSpan) throws(MalformedPacket) {
    guard reader.version == .v5 else { return }
    let start = reader.position
    let length = try reader.variableByteInteger("property length", in: bytes)
    add(owner == .will ? "will property length" : "property length", "\(length)", from: start)
    let isCut = length > reader.end - reader.position
    guard !isCut || missing > 0 else {
      throw reader.malformed("property length", at: start, "goes beyond the end")
    }
    let packetEnd = reader.end
    reader.end = min(packetEnd, reader.position + length)
    var seen: UInt64 = 0
    while !reader.isAtEnd {
      let start = reader.position
      let property = try reader.property(of: owner, seen: &seen, in: bytes)
      add(property, from: start, bytes)
    }
    reader.end = packetEnd
  }

  private mutating func add(_ property: PropertyPlace, from start: Int, _ bytes: RawSpan) {
    guard let rule = PropertyRule.rule(for: property.identifier) else { return }
    let name = rule.name.description
    switch rule.shape {
    case .boolean, .twoBytes, .fourBytes, .variableByteInteger:
      add(name, "\(property.number)", from: start, .part)
    case .text, .topic: add(name, bytes.string(in: property.value), from: start, .part)
    case .textPair:
      let pair = (bytes.string(in: property.value), bytes.string(in: property.second))
      add(name, "\(pair.0) = \(pair.1)", from: start, .part)
    case .binary:
      let size = Self.count(property.value.count)
      guard property.identifier == 0x16 else { return add(name, size, from: start, .part) }
      addSecret(name, at: property.value)
    }
  }
}
