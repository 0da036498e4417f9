import NIOCore

extension Subscribe {
  func encode(into buffer: inout ByteBuffer, version: ProtocolVersion) throws(EncodingError) {
    guard !subscriptions.isEmpty else { throw .nothingRequested(.subscribe) }  // [MQTT-3.8.3-2]
    try buffer.writePacketID(packetID, of: .subscribe)
    try properties.encode(of: .subscribe, in: .subscribe, into: &buffer, version: version, from: .client)
    for subscription in subscriptions {
      try subscription.filter.checkFilter(version: version)
      if version == .v5, subscription.noLocal, TopicFilter.isShared(subscription.filter.utf8.span.bytes) {
        throw .contradiction("A shared subscription cannot leave out our own messages.")  // [MQTT-3.8.3-4]
      }
      try buffer.writeText(subscription.filter, field: "topic filter")
      buffer.writeInteger(version == .v5 ? subscription.options : subscription.qos.rawValue)
    }
  }
}

extension Subscription {
  /// The byte of options in 5.0. Source: MQTT 5.0, 3.8.3.1.
  fileprivate var options: UInt8 {
    qos.rawValue | (noLocal ? 0b0100 : 0) | (retainAsPublished ? 0b1000 : 0) | retainHandling.rawValue << 4
  }
}

extension Unsubscribe {
  func encode(into buffer: inout ByteBuffer, version: ProtocolVersion) throws(EncodingError) {
    guard !filters.isEmpty else { throw .nothingRequested(.unsubscribe) }  // [MQTT-3.10.3-2]
    try buffer.writePacketID(packetID, of: .unsubscribe)
    try properties.encode(of: .unsubscribe, in: .unsubscribe, into: &buffer, version: version, from: .client)
    for filter in filters {
      try filter.checkFilter(version: version)
      try buffer.writeText(filter, field: "topic filter")
    }
  }
}
