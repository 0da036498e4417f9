extension Subscribe {
  init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    let packetID = try reader.packetID(in: bytes)
    let properties = try Properties(of: .subscribe, from: &reader, in: bytes)
    try reader.needFilter()  // [MQTT-3.8.3-2]
    var subscriptions: [Subscription] = []
    while !reader.isAtEnd { subscriptions.append(try Subscription(from: &reader, in: bytes)) }
    self.init(packetID: packetID, subscriptions: subscriptions, properties: properties)
  }
}

extension Subscription {
  fileprivate init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    let filter = try reader.filter(in: bytes)
    let place = reader.position
    let options = try reader.byte("subscription options", in: bytes)
    let reserved: UInt8 = reader.version == .v5 ? 0b1100_0000 : 0b1111_1100
    guard options & reserved == 0 else {
      throw reader.malformed("subscription options", at: place, "have reserved bits set")  // [MQTT-3.8.3-5]
    }
    guard let qos = QoS(rawValue: options & 0b11) else {
      // In 3.1.1 this is malformed as well, [MQTT-3-8.3-4], and nobody hears the code.
      throw reader.malformed("subscription options", at: place, "ask for QoS 3", .protocolError)
    }
    guard let retainHandling = RetainHandling(rawValue: options >> 4) else {
      throw reader.malformed("subscription options", at: place, "have retain handling 3", .protocolError)
    }
    let noLocal = options & 0b0100 != 0
    guard !noLocal || !TopicFilter.isShared(bytes.extracting(filter)) else {  // [MQTT-3.8.3-4]
      throw reader.malformed("subscription options", at: place, "say no local of a share", .protocolError)
    }
    self.init(
      filter: bytes.string(in: filter), qos: qos, noLocal: noLocal, retainAsPublished: options & 0b1000 != 0,
      retainHandling: retainHandling)
  }
}

extension Unsubscribe {
  init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    let packetID = try reader.packetID(in: bytes)
    let properties = try Properties(of: .unsubscribe, from: &reader, in: bytes)
    try reader.needFilter()  // [MQTT-3.10.3-2]
    var filters: [String] = []
    while !reader.isAtEnd { filters.append(bytes.string(in: try reader.filter(in: bytes))) }
    self.init(packetID: packetID, filters: filters, properties: properties)
  }
}

extension PacketReader {
  fileprivate func needFilter() throws(MalformedPacket) {
    guard !isAtEnd else { throw malformed("topic filter", at: position, "is missing", .protocolError) }
  }

  /// The place of a valid topic filter.
  fileprivate mutating func filter(in bytes: RawSpan) throws(MalformedPacket) -> Range<Int> {
    let place = try text("topic filter", in: bytes)
    if let error = TopicFilter.problem(in: bytes.extracting(place), version: version) {
      throw malformed("topic filter", at: place.lowerBound, "is no filter: \(error)")
    }
    return place
  }
}
