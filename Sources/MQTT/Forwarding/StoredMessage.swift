import NIOCore

/// A message that a broker has taken over: its bytes, copied once, however many receivers and queues hold it.
///
/// Properties stay as they came, in their order [MQTT-3.3.2-18], without what belongs to one hop alone: the topic alias,
/// and the expiry, which is counted down.
public final class StoredMessage: Equatable, Sendable {
  /// The QoS that it was published with.
  public let qos: QoS
  /// Whether it was published to be kept.
  public let isRetained: Bool
  /// When it is not worth delivering any more, in nanoseconds of the broker's clock; nil if never.
  public let expiresAt: Int64?
  /// Topic, properties, payload.
  let bytes: [UInt8]
  let topicSize: Int
  let propertiesSize: Int

  /// Copies the message of a view.
  ///
  /// - Parameters:
  ///   - packet: the bytes that the view was decoded from.
  ///   - topic: what the topic alias stands for, if the packet has no topic.
  public init(_ view: PublishView, in packet: RawSpan, topic alias: [UInt8]? = nil, at now: Int64)
    throws(MalformedPacket)
  {
    qos = view.qos
    isRetained = view.isRetained
    var expiry: UInt32?
    var bytes: [UInt8] = []
    topicSize = alias?.count ?? Int(view.topicSize)
    bytes.reserveCapacity(topicSize + view.properties.count + view.payload.count)
    if let alias { bytes.append(contentsOf: alias) } else { bytes.append(packet.extracting(view.topic)) }
    if view.propertiesStart != view.payloadStart {
      try bytes.appendForwarded(packet.extracting(view.properties), expiry: &expiry)
    }
    propertiesSize = bytes.count - topicSize
    bytes.append(packet.extracting(view.payload))
    self.bytes = bytes
    expiresAt = expiry.map { now + Int64($0) * 1_000_000_000 }
  }

  /// A message of parts that are known to be valid, one behind the other.
  init(bytes: [UInt8], topicSize: Int, propertiesSize: Int, qos: QoS, isRetained: Bool, expiresAt: Int64?) {
    (self.bytes, self.topicSize, self.propertiesSize) = (bytes, topicSize, propertiesSize)
    (self.qos, self.isRetained, self.expiresAt) = (qos, isRetained, expiresAt)
  }

  /// Copies a message that is not on the wire: a will, or what the broker says itself.
  public convenience init(_ publish: Publish, at now: Int64) throws(EncodingError) {
    var publish = publish
    publish.packetID = publish.qos == .atMostOnce ? 0 : 1
    var buffer = ByteBuffer()
    try Packet.publish(publish).encode(into: &buffer, version: .v5, from: .client)
    var decoder = PacketDecoder(version: .v5, from: .client)
    var views: [PublishView] = []
    var offset = 0
    do {
      _ = try decoder.decode(buffer.readableBytesSpan, at: &offset, publishes: &views)
      guard let view = views.first else { throw EncodingError.nothingRequested(.publish) }
      try self.init(view, in: buffer.readableBytesSpan, at: now)
    } catch {
      throw .contradiction("\(error)")
    }
  }

  /// How many bytes it takes.
  public var size: Int { bytes.count }

  /// Whether it has a payload; without one it deletes what is retained.
  public var isEmpty: Bool { bytes.count == topicSize + propertiesSize }

  /// Whether it is not worth delivering any more [MQTT-3.3.2-5].
  public func isExpired(at now: Int64) -> Bool { expiresAt.map { $0 <= now } ?? false }

  /// The topic as text.
  public var topicText: String { String(decoding: bytes[..<topicSize], as: UTF8.self) }

  /// A copy of the topic's bytes.
  public var topicBytes: [UInt8] { Array(bytes[..<topicSize]) }

  /// A copy of the payload.
  public var payloadBytes: [UInt8] { Array(bytes[(topicSize + propertiesSize)...]) }

  /// Gives the bytes of the topic, in place.
  @inline(__always)
  public func withTopic<Result>(_ body: (RawSpan) -> Result) -> Result {
    let bytes = bytes  // the span has to be one of a variable
    return body(bytes.span.bytes.extracting(first: topicSize))
  }

  /// Whether two messages are the same in all that a receiver sees.
  public static func == (one: StoredMessage, other: StoredMessage) -> Bool {
    one === other
      || one.qos == other.qos && one.isRetained == other.isRetained && one.expiresAt == other.expiresAt
        && one.topicSize == other.topicSize && one.propertiesSize == other.propertiesSize && one.bytes == other.bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ span: RawSpan) {
    span.withUnsafeBytes { append(contentsOf: $0) }
  }

  /// Appends properties of a PUBLISH that go on to the receivers, and takes out the expiry.
  fileprivate mutating func appendForwarded(_ span: RawSpan, expiry: inout UInt32?) throws(MalformedPacket) {
    var reader = PacketReader(
      packet: .publish, start: 0, end: span.byteCount, position: 0, version: .v5, sender: .client, policy: .accepting)
    var seen: UInt64 = 0
    while !reader.isAtEnd {
      let start = reader.position
      let property = try reader.property(of: .publish, seen: &seen, in: span)
      switch property.identifier {
      case 0x02: expiry = property.number
      case 0x23: break  // an alias lives with one connection [MQTT-3.3.2-7]
      default: append(span.extracting(start..<reader.position))
      }
    }
  }
}
