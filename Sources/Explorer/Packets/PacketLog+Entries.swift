import MQTT
import MQTTClient
import NIOCore

/// Single entries, by their number.
extension PacketLog {
  /// The entry of a number; nil if it had to go.
  func entry(_ number: UInt64) -> PacketEntry? {
    find(number).map { $0.segment.entry(at: $0.index) }
  }

  /// The first bytes of the newest packet that the broker sent; none if it sent none.
  var lastReceived: [UInt8] {
    for segment in segments.reversed() {
      if let bytes = segment.lastReceived { return Array(bytes.readableBytesView.prefix(256)) }
    }
    return []
  }

  /// How an entry belongs to others; nil if it had to go.
  func link(of number: UInt64) -> PacketLink? {
    find(number).map { $0.segment.link(at: $0.index) }
  }

  /// For how long the broker owes the answer to an entry, in nanoseconds, if that is longer than brokers take; nil if it
  /// owes none. Costs a look-up.
  func waiting(_ entry: PacketEntry, at now: Instant) -> Int64? {
    guard let packet = entry.packet, let asked = exchanges.askedAt(packet, number: entry.number) else { return nil }
    let time = now.monotonic - asked
    return time >= Unanswered.patience ? time : nil
  }

  /// The newest request about a filter that is not answered; nil if there is none or it had to go.
  func request(about filter: String) -> PacketEntry? {
    for number in exchanges.openRequests {
      guard let entry = entry(number), let packet = entry.packet else { continue }
      let anatomy = PacketAnatomy(entry.bytes.readableBytesSpan, version: packet.version, from: packet.sender)
      let names = anatomy.fields.lazy.filter { $0.name == "topic filter" }
      if names.contains(where: { $0.value.utf8.elementsEqual(filter.utf8) }) { return entry }
    }
    return nil
  }

  private func find(_ number: UInt64) -> (segment: PacketSegment, index: Int)? {
    find(number, in: segments) ?? find(number, in: remembered)
  }

  private func find(
    _ number: UInt64, in segments: CircularBuffer<PacketSegment>
  ) -> (segment: PacketSegment, index: Int)? {
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[offset: middle].first <= number { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let segment = segments[offset: low - 1]
    let index = Int(number - segment.first)
    return index < segment.count ? (segment, index) : nil
  }
}
