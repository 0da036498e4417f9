/// A property that was found valid, and the place of its value: what is needed to make a `Property`, or to pass on.
struct PropertyPlace {
  let identifier: UInt8
  /// The value if it is a number.
  var number: UInt32 = 0
  /// The place of the value if it is text or bytes; of the name if it is a pair.
  var value = 0..<0
  /// The place of the value of a pair.
  var second = 0..<0
}

extension PacketReader {
  /// Reads the length of properties that belong to the packet, or to its will; what follows them starts at the result.
  mutating func propertyEnd(in bytes: RawSpan) throws(MalformedPacket) -> Int {
    let place = position
    let size = try variableByteInteger("property length", in: bytes)
    guard size <= end - position else { throw malformed("property length", at: place, "goes beyond the end") }
    return position + size
  }

  /// Reads one property and checks it against its rule; `seen` has a bit for each identifier that came before.
  mutating func property(
    of owner: PacketSet, seen: inout UInt64, in bytes: RawSpan
  ) throws(MalformedPacket) -> PropertyPlace {
    let place = position
    let identifier = try variableByteInteger("property identifier", in: bytes)
    guard let narrow = UInt8(exactly: identifier), let rule = PropertyRule.rule(for: narrow) else {
      throw malformed("property identifier", at: place, "is \(identifier), which MQTT does not have")
    }
    var property = PropertyPlace(identifier: narrow)
    try read(rule, into: &property, in: bytes)
    guard rule.isAllowed(in: owner, from: sender) else {
      throw malformed(rule.name, at: place, "does not belong here", misplaced)
    }
    let bit: UInt64 = 1 << UInt64(narrow)
    guard seen & bit == 0 || rule.repeats.contains(owner) else {
      throw malformed(rule.name, at: place, "is given more than once", .protocolError)
    }
    seen |= bit
    let maximum: UInt32 = rule.shape == .boolean ? 1 : .max
    guard property.number >= rule.minimum, property.number <= maximum else {
      throw malformed(rule.name, at: place + 1, "cannot be \(property.number)", rule.outOfRange)
    }
    return property
  }

  private mutating func read(
    _ rule: PropertyRule, into property: inout PropertyPlace, in bytes: RawSpan
  ) throws(MalformedPacket) {
    switch rule.shape {
    case .boolean: property.number = UInt32(try byte(rule.name, in: bytes))
    case .twoBytes: property.number = UInt32(try twoBytes(rule.name, in: bytes))
    case .fourBytes: property.number = try fourBytes(rule.name, in: bytes)
    case .variableByteInteger: property.number = UInt32(try variableByteInteger(rule.name, in: bytes))
    case .binary: property.value = try binary(rule.name, in: bytes)
    case .text: property.value = try text(rule.name, in: bytes)
    case .topic:
      property.value = try text(rule.name, in: bytes)
      if let error = TopicName.problem(in: bytes.extracting(property.value)) {  // [MQTT-3.3.2-14]
        throw malformed(rule.name, at: property.value.lowerBound, "is no topic: \(error)", .protocolError)
      }
    case .textPair:
      property.value = try text(rule.name, in: bytes)
      property.second = try text(rule.name, in: bytes)
    }
  }
}
