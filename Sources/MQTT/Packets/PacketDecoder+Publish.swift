extension PacketDecoder {
  /// The view of a whole, plain and valid PUBLISH at an offset; nil for everything else, good or bad.
  ///
  /// Plain is: a remaining length of up to three bytes, a topic of ASCII, no properties.
  @inline(__always)
  func plainPublish(in bytes: RawSpan, at offset: Int) -> PublishView? {
    // The shortest plain PUBLISH: fixed header, length of the topic, a byte of topic.
    guard bytes.byteCount - offset >= 5 else { return nil }
    let first = bytes.byte(at: offset)
    let flags = first & 0x0F
    let needsID = flags & 0b0110 != 0
    // QoS 3 is none, and DUP says nothing at QoS 0.
    guard first >> 4 == PacketType.publish.rawValue, flags & 0b0110 != 0b0110, needsID || flags < 0b1000 else {
      return nil
    }
    guard let (length, bodyStart) = shortLength(in: bytes, at: offset + 1) else { return nil }
    let end = bodyStart + length
    guard end <= bytes.byteCount, end - offset <= maximumPacketSize, length >= 3 else { return nil }
    let topicStart = bodyStart + 2
    let topicSize = Int(bytes.twoBytes(at: bodyStart))
    var place = topicStart + topicSize
    guard topicSize > 0, place <= end, text == .accepting else { return nil }
    guard isPlainTopic(bytes, from: topicStart, to: place) else { return nil }
    var packetID: UInt16 = 0
    if needsID {
      guard place + 2 <= end else { return nil }
      packetID = bytes.twoBytes(at: place)
      guard packetID != 0 else { return nil }
      place += 2
    }
    if version == .v5 {
      guard place < end, bytes.byte(at: place) == 0 else { return nil }
      place += 1
    }
    return PublishView(
      topicStart: UInt32(truncatingIfNeeded: topicStart), propertiesStart: UInt32(truncatingIfNeeded: place),
      payloadStart: UInt32(truncatingIfNeeded: place), end: UInt32(truncatingIfNeeded: end),
      topicSize: UInt16(truncatingIfNeeded: topicSize), packetID: packetID, topicAlias: 0, flags: flags)
  }

  /// A minimal length of up to three bytes and where the body starts.
  @inline(__always)
  private func shortLength(in bytes: RawSpan, at offset: Int) -> (length: Int, bodyStart: Int)? {
    let first = bytes.byte(at: offset)
    if first < 0x80 { return (Int(first), offset + 1) }
    let second = bytes.byte(at: offset + 1)
    let low = Int(first & 0x7F) | Int(second & 0x7F) << 7
    if second < 0x80 { return second == 0 ? nil : (low, offset + 2) }
    let third = bytes.byte(at: offset + 2)
    guard third < 0x80, third != 0 else { return nil }
    return (low | Int(third) << 14, offset + 3)
  }

  /// Whether a topic is ASCII without U+0000 and wildcards.
  @inline(__always)
  private func isPlainTopic(_ bytes: RawSpan, from start: Int, to end: Int) -> Bool {
    var offset = start
    while end - offset >= 8 {
      guard Text.isPlainTopic(bytes.eightBytes(at: offset)) else { return false }
      offset += 8
    }
    if offset == end { return true }
    if end - start >= 8 {
      return Text.isPlainTopic(bytes.eightBytes(at: end - 8))
    }
    while offset < end {
      let byte = bytes.byte(at: offset)
      guard byte != 0, byte < 0x80, byte & 0xF7 != UInt8(ascii: "#") else { return false }
      offset += 1
    }
    return true
  }

  /// The view of any PUBLISH, or what is wrong with it.
  func publish(
    flags: UInt8, from reader: inout PacketReader, in bytes: RawSpan
  ) throws(MalformedPacket) -> PublishView {
    guard let qos = QoS(rawValue: flags >> 1 & 0b11) else {
      throw reader.malformed("flags", at: reader.start, "ask for QoS 3")  // [MQTT-3.3.1-4]
    }
    guard qos != .atMostOnce || flags & 0b1000 == 0 else {
      throw reader.malformed("flags", at: reader.start, "say DUP at QoS 0")  // [MQTT-3.3.1-2]
    }
    let topic = try reader.text("topic name", in: bytes)
    if let error = TopicName.problem(in: bytes.extracting(topic)), error != .empty {
      throw reader.malformed("topic name", at: topic.lowerBound, "is no topic: \(error)")  // [MQTT-3.3.2-2]
    }
    let packetID = qos == .atMostOnce ? 0 : try reader.packetID(in: bytes)
    var view = PublishView(
      topicStart: UInt32(truncatingIfNeeded: topic.lowerBound), propertiesStart: 0, payloadStart: 0,
      end: UInt32(truncatingIfNeeded: reader.end), topicSize: UInt16(truncatingIfNeeded: topic.count),
      packetID: packetID, topicAlias: 0, flags: flags)
    if version == .v5 { try readProperties(into: &view, from: &reader, in: bytes) }
    if version == .v3_1_1 { view.propertiesStart = UInt32(truncatingIfNeeded: reader.position) }
    view.payloadStart = UInt32(truncatingIfNeeded: reader.position)
    guard !topic.isEmpty || view.topicAlias != 0 else {
      throw reader.malformed("topic name", at: topic.lowerBound, "is empty, with no topic alias", .protocolError)
    }
    return view
  }

  private func readProperties(
    into view: inout PublishView, from reader: inout PacketReader, in bytes: RawSpan
  ) throws(MalformedPacket) {
    let end = reader.end
    let propertyEnd = try reader.propertyEnd(in: bytes)
    let start = reader.position
    view.propertiesStart = UInt32(truncatingIfNeeded: start)
    reader.end = propertyEnd
    var seen: UInt64 = 0
    var saysText = false
    while !reader.isAtEnd {
      let property = try reader.property(of: .publish, seen: &seen, in: bytes)
      if property.identifier == 0x23 { view.topicAlias = UInt16(truncatingIfNeeded: property.number) }
      if property.identifier == 0x01 { saysText = property.number == 1 }
    }
    reader.end = end
    guard view.topicAlias <= topicAliasMaximum else {  // [MQTT-3.3.2-9] [MQTT-3.3.2-11]
      let explanation = "is \(view.topicAlias), above our maximum of \(topicAliasMaximum)"
      throw reader.malformed("topic alias", at: start, explanation, .topicAliasInvalid)
    }
    if saysText, text == .strict, !Text.isWellFormed(bytes.extracting(propertyEnd..<end)) {
      throw reader.malformed("payload", at: propertyEnd, "is not the text it is said to be", .payloadFormatInvalid)
    }
  }
}
