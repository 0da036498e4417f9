import MQTT
import NIOCore

/// Copies packets aside as they pass, for whoever watches; while nobody does it costs a comparison for each packet
/// that is no message, and for a whole read of messages one.
struct Tap {
  /// How much is copied.
  var level = Tracing.nothing
  private var closed: [TraceBatch] = []
  private var batch: TraceBatch?

  /// A batch that costs so many bytes is closed: what keeps batches lets go of whole ones.
  private static let batchSize = 256 << 10

  /// Whether messages and acknowledgements are copied.
  var isOpen: Bool { level == .everything }

  /// Whether packets of this type and direction are copied.
  func takes(_ type: PacketType, isSent: Bool) -> Bool {
    switch level {
    case .nothing: false
    case .ours: type.isOurs(isSent: isSent)
    case .everything: true
    }
  }

  /// Copies one packet; the clock is read for the first of a batch.
  /// - Parameter known: where bytes begin that may be anything, and are copied as zeroes.
  mutating func add(
    _ packet: RawSpan, id: UInt16, isSent: Bool, _ version: ProtocolVersion, at now: @autoclosure () -> Int64,
    knownTo known: Int? = nil
  ) {
    guard !packet.isEmpty else { return }
    var batch = self.batch.take() ?? TraceBatch(wall: WallClock.now, monotonic: now())
    let start = batch.bytes.writerIndex
    let kept = packet.extracting(first: TraceBatch.keptSize)
    batch.bytes.writeBytes(kept)
    let traced = TracedPacket(
      start: UInt32(start), keptSize: UInt32(kept.byteCount), size: UInt32(clamping: packet.byteCount), packetID: id,
      firstByte: packet.byte(at: 0), isSent: isSent, version: version)
    batch.packets.append(traced)
    if traced.type?.hasSecrets == true { Self.blank(traced, packet, in: &batch.bytes) }
    if let known { Self.blank([known..<max(known, kept.byteCount)], of: traced, in: &batch.bytes) }
    if batch.size < Self.batchSize { self.batch = batch } else { closed.append(batch) }
  }

  /// Whether something was copied since the last call of `take`.
  var hasTaken: Bool { batch != nil || !closed.isEmpty }

  /// What was copied since the last call.
  mutating func take() -> [TraceBatch] {
    defer { closed = [] }
    return closed + [batch.take()].compactMap(\.self)
  }

  private static func blank(_ traced: TracedPacket, _ packet: RawSpan, in bytes: inout ByteBuffer) {
    let anatomy = PacketAnatomy(packet, version: traced.version, from: traced.sender)
    blank(anatomy.secrets, of: traced, in: &bytes)
  }

  private static func blank(_ secrets: [Range<Int>], of traced: TracedPacket, in bytes: inout ByteBuffer) {
    let kept = traced.place
    for secret in secrets {
      let place = (kept.lowerBound + secret.lowerBound..<kept.lowerBound + secret.upperBound).clamped(to: kept)
      bytes.setRepeatingByte(0, count: place.count, at: place.lowerBound)
    }
  }
}

extension PacketType {
  /// Whether the packet is about anything but a message of the broker.
  fileprivate func isOurs(isSent: Bool) -> Bool {
    switch self {
    case .publish, .pubrel: isSent
    case .puback, .pubrec, .pubcomp: !isSent
    case .connect, .connack, .subscribe, .suback, .unsubscribe, .unsuback, .pingreq, .pingresp, .disconnect, .auth: true
    }
  }
}
