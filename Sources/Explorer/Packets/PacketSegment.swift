import MQTTClient
import NIOCore

/// Entries that came together, as they are kept.
struct PacketSegment {
  private enum Content {
    case packets(TraceBatch, [PacketLink])
    case note(String, wall: Int64)
  }

  /// The number of the first entry.
  let first: UInt64
  private let content: Content

  init(_ batch: TraceBatch, _ links: [PacketLink], first: UInt64) {
    self.first = first
    content = .packets(batch, links)
  }

  init(note: String, wall: Int64, number: UInt64) {
    first = number
    content = .note(note, wall: wall)
  }

  var count: Int { if case .packets(let batch, _) = content { batch.packets.count } else { 1 } }

  /// Bytes of memory, about.
  var cost: Int {
    switch content {
    case .packets(let batch, let links): batch.cost + links.capacity * MemoryLayout<PacketLink>.stride
    case .note(let text, _): 128 + text.utf8.count
    }
  }

  func entry(at index: Int) -> PacketEntry {
    let number = first + UInt64(index)
    switch content {
    case .note(let text, let wall):
      return PacketEntry(number: number, content: .note(text), wall: wall, link: PacketLink())
    case .packets(let batch, let links):
      let packet = batch.packets[index]
      return PacketEntry(
        number: number, content: .packet(packet, batch.bytes(of: packet)), wall: batch.wall, link: links[index])
    }
  }

  var isNote: Bool { if case .note = content { true } else { false } }

  /// The same words with an earlier time; nil if they have it, or if these are packets.
  func noted(before wall: Int64) -> PacketSegment? {
    guard case .note(let text, let time) = content, time > wall else { return nil }
    return PacketSegment(note: text, wall: wall, number: first)
  }

  /// The bytes of the last packet here that the broker sent.
  var lastReceived: ByteBuffer? {
    guard case .packets(let batch, _) = content else { return nil }
    return batch.packets.last { !$0.isSent }.map(batch.bytes(of:))
  }

  /// How an entry belongs to others.
  func link(at index: Int) -> PacketLink {
    if case .packets(_, let links) = content { links[index] } else { PacketLink() }
  }

  /// The entries that are worth keeping longer than the flood around them, each by itself.
  var memorable: [PacketSegment] {
    guard case .packets(let batch, let links) = content else { return [self] }
    return batch.packets.indices.compactMap { index in
      let packet = batch.packets[index]
      guard packet.type?.isMemorable != false else { return nil }
      var single = TraceBatch(wall: batch.wall, monotonic: batch.monotonic)
      single.bytes.writeImmutableBuffer(batch.bytes(of: packet))  // a copy: a slice would keep the whole flood
      var own = packet
      own.start = 0
      single.packets = [own]
      return PacketSegment(single, [links[index]], first: first + UInt64(index))
    }
  }
}
