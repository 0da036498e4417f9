import MQTT
import MQTTClient
import NIOCore
import Terminal

/// The log of a session as lines: every packet, and what happened to the connection between them.
///
/// The lines are those of the protocol view, so they hold no payload and no secret. Packets about the session all have
/// their line, as do messages and their acknowledgements, so many a second of each, and then one line counts the rest: so
/// a flood fills no disk and costs little.
///
/// Packets have the time of the event loop; a word about the connection has the time when it is heard, or that of the
/// packet behind it if that is earlier. So it waits until the packets that were told with it are taken.
struct ConnectionLog {
  private let name: String
  private let output: @Sendable (Int64, [String]) -> Void
  private var namesBroker = false
  private var exchanges = PacketExchanges()
  private var number: UInt64 = 0
  /// When the last packet passed, and what passed in its second.
  private var last: Int64 = 0
  private var written = (memorable: 0, others: 0)
  private var left = (packets: 0, bytes: 0)
  /// Words that no packet followed so far, and when the first was heard.
  private var notes: [String] = []
  private var heard: Int64 = 0

  /// Lines that one second may have, of messages and acknowledgements, and of other packets.
  static let linesPerSecond = 1_000

  /// - Parameters:
  ///   - name: The broker.
  ///   - output: Takes lines of one moment, given in nanoseconds since 1970.
  init(of name: String, _ output: @Sendable @escaping (Int64, [String]) -> Void) {
    self.name = Sanitiser.visible(name)
    self.output = output
  }

  /// Writes what an event says.
  ///
  /// - Parameters:
  ///   - wall: The time of day, for what has no time of its own.
  ///   - namesBroker: Whether each line names the broker, as there are others; nil leaves it as it was.
  mutating func take(_ event: Event, at wall: Int64, namesBroker: Bool? = nil) {
    self.namesBroker = namesBroker ?? self.namesBroker
    if case .traced(let batch) = event { return take(batch) }
    guard let note = event.note else { return }
    if notes.isEmpty { heard = wall }
    notes.append(PacketEntry.line(ofNote: note))
  }

  /// Everything that was told so far has been taken.
  mutating func flush() { writeNotes(before: .max) }

  /// Nothing comes any more.
  mutating func finish() {
    flush()
    let rest = endSecond()
    if !rest.isEmpty { write(last, rest) }
  }

  private mutating func take(_ batch: TraceBatch) {
    writeNotes(before: batch.wall)
    var lines: [String] = []
    if batch.wall / 1_000_000_000 != last / 1_000_000_000 {
      lines = endSecond()
      written = (0, 0)
    }
    last = batch.wall
    for packet in batch.packets {
      number += 1
      let link = exchanges.link(packet, number: number, at: batch.monotonic, code: batch.reasonCode(of: packet))
      guard hasLine(for: packet) else { continue }
      lines.append(PacketSummary(packet, batch.bytes(of: packet)).line(packet, link))
    }
    if !lines.isEmpty { write(batch.wall, lines) }
  }

  /// Whether this second has a line left for a packet, which is counted one way or the other.
  private mutating func hasLine(for packet: TracedPacket) -> Bool {
    let isMemorable = packet.type?.isMemorable != false
    guard (isMemorable ? written.memorable : written.others) < Self.linesPerSecond else {
      left.packets += 1
      left.bytes += Int(packet.size)
      return false
    }
    if isMemorable { written.memorable += 1 } else { written.others += 1 }
    return true
  }

  private mutating func writeNotes(before time: Int64) {
    guard !notes.isEmpty else { return }
    write(min(heard, time), endSecond() + notes)
    notes = []
  }

  private func write(_ time: Int64, _ lines: [String]) {
    output(time, namesBroker ? lines.map { "\(name) \($0)" } : lines)
  }

  /// Says what had no line of its own.
  private mutating func endSecond() -> [String] {
    defer { left = (0, 0) }
    guard left.packets > 0 else { return [] }
    return ["· and \(Format.packets(left.packets, "more ")) of \(Format.size(left.bytes)) in that second"]
  }
}
