import MQTT
import MQTTClient
import NIOCore

/// The packets that passed: a ring with a budget of bytes, and beside it the last few that are about the session.
///
/// A batch is kept as it came, so taking one in costs a look at each packet for its exchange, and nothing is copied. What
/// has to go is counted; of it CONNECT, CONNACK, SUBSCRIBE and the like stay for longer, because they explain the rest.
/// Entries are numbered in the order they passed, and everything else names them by their number.
struct PacketLog {
  private(set) var segments = CircularBuffer<PacketSegment>()
  /// What is remembered of segments that had to go.
  private(set) var remembered = CircularBuffer<PacketSegment>()
  /// Entries that had to make room and are not remembered.
  private(set) var gone: UInt64 = 0
  /// Bytes of memory in use.
  private(set) var cost = 0
  /// The number of the next entry.
  private(set) var next: UInt64 = 1
  private(set) var exchanges = PacketExchanges()
  private var rememberedCost = 0
  private(set) var noteCount = 0
  private(set) var matching: Matching?

  /// Bytes that packets may take.
  static let budget = 8 << 20
  /// Entries that are kept at most, so that saving and filtering them answers at once.
  static let countLimit = 100_000
  private static let rememberedBudget = 256 << 10

  /// What a filter finds, by number.
  struct Matching {
    let filter: PacketFilter
    var remembered = CircularBuffer<UInt64>()
    var numbers = CircularBuffer<UInt64>()
  }

  /// Takes packets in.
  mutating func append(_ batch: TraceBatch) {
    guard !batch.packets.isEmpty else { return }
    settleNotes(before: batch.wall)
    let first = next
    var links: [PacketLink] = []
    links.reserveCapacity(batch.packets.count)
    for packet in batch.packets {
      let number = first + UInt64(links.count)
      links.append(exchanges.link(packet, number: number, at: batch.monotonic, code: batch.reasonCode(of: packet)))
    }
    next += UInt64(batch.packets.count)
    append(PacketSegment(batch, links, first: first))
  }

  /// Takes a word about the connection in.
  mutating func note(_ text: String, wall: Int64) {
    next += 1
    noteCount += 1
    append(PacketSegment(note: text, wall: wall, number: next - 1))
  }

  /// Messages of the broker passed unseen until now.
  mutating func forgetDeliveries() { exchanges.forgetDeliveries() }

  /// Shows only what matches; nil shows everything. Costs O(bytes kept).
  mutating func setFilter(_ filter: PacketFilter?) {
    guard let filter else { return matching = nil }
    var matching = Matching(filter: filter)
    for segment in remembered { matching.remembered.append(contentsOf: Self.matches(filter, segment)) }
    for segment in segments { matching.numbers.append(contentsOf: Self.matches(filter, segment)) }
    self.matching = matching
  }

  private mutating func append(_ segment: PacketSegment) {
    segments.append(segment)
    cost += segment.cost
    if let filter = matching?.filter { matching?.numbers.append(contentsOf: Self.matches(filter, segment)) }
    while segments.count > 1, cost > Self.budget || kept > Self.countLimit { forgetOldest() }
  }

  /// Entries that no room had to be made for.
  var kept: Int { segments.first.map { Int(next - $0.first) } ?? 0 }

  private mutating func forgetOldest() {
    let oldest = segments.removeFirst()
    cost -= oldest.cost
    gone += UInt64(oldest.count)
    let memories = oldest.memorable
    for memory in memories { remember(memory) }
    // What is found is changed in its place: a copy of `matching` would have all numbers copied
    guard let filter = matching?.filter else { return }
    let end = oldest.first + UInt64(oldest.count)
    while let number = matching?.numbers.first, number < end { matching?.numbers.removeFirst() }
    for memory in memories where !Self.matches(filter, memory).isEmpty { matching?.remembered.append(memory.first) }
    while let number = matching?.remembered.first, number < remembered.first?.first ?? .max {
      matching?.remembered.removeFirst()
    }
  }

  /// Words about the connection are heard after it has happened, and maybe after the next packet has passed: none is later
  /// than that.
  private mutating func settleNotes(before wall: Int64) {
    var place = segments.count - 1
    while place >= 0, let settled = segments[offset: place].noted(before: wall) {
      segments[offset: place] = settled
      place -= 1
    }
  }

  private mutating func remember(_ segment: PacketSegment) {
    remembered.append(segment)
    rememberedCost += segment.cost
    cost += segment.cost
    gone -= 1
    while rememberedCost > Self.rememberedBudget, let oldest = remembered.popFirst() {
      rememberedCost -= oldest.cost
      cost -= oldest.cost
      gone += 1
      if oldest.isNote { noteCount -= 1 }
    }
  }

  private static func matches(_ filter: PacketFilter, _ segment: PacketSegment) -> [UInt64] {
    (0..<segment.count).compactMap { index in
      filter.matches(segment.entry(at: index)) ? segment.first + UInt64(index) : nil
    }
  }
}

extension PacketType {
  /// Whether a packet of this type explains others for longer than it lasts.
  var isMemorable: Bool {
    switch self {
    case .publish, .puback, .pubrec, .pubrel, .pubcomp, .pingreq, .pingresp: false
    case .connect, .connack, .subscribe, .suback, .unsubscribe, .unsuback, .disconnect, .auth: true
    }
  }
}
