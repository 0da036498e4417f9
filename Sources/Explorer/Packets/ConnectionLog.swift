import MQTT
import MQTTClient
import NIOCore

/// The log of a session as lines: every packet, and what happened to the connection between them.
///
/// The lines are those of the protocol view, so they hold no payload and no secret. Packets about the session all have
/// their line; of messages and their acknowledgements so many a second, and then one that counts the rest, so that a
/// flood fills no disk and costs little.
struct ConnectionLog {
  private let name: String
  private let output: @Sendable (Int64, [String]) -> Void
  private var namesBroker = false
  private var exchanges = PacketExchanges()
  private var number: UInt64 = 0
  /// The second that is counted, and what passed in it.
  private var second: Int64 = 0
  private var written = 0
  private var left = (packets: 0, bytes: 0)

  /// Lines of messages and acknowledgements that one second may have.
  static let linesPerSecond = 1_000

  /// - Parameters:
  ///   - name: The broker.
  ///   - output: Takes lines of one moment, given in nanoseconds since 1970.
  init(of name: String, _ output: @Sendable @escaping (Int64, [String]) -> Void) {
    self.name = name
    self.output = output
  }

  /// Writes what an event says.
  ///
  /// - Parameters:
  ///   - wall: The time of day, for what has no time of its own.
  ///   - namesBroker: Whether each line names the broker, as there are others.
  mutating func take(_ event: Event, at wall: Int64, namesBroker: Bool = false) {
    self.namesBroker = namesBroker
    if case .traced(let batch) = event { return take(batch) }
    guard let note = event.note else { return }
    write(wall, endSecond() + ["· \(note)"])
  }

  private mutating func take(_ batch: TraceBatch) {
    var lines: [String] = []
    if batch.wall / 1_000_000_000 != second {
      lines = endSecond()
      (second, written) = (batch.wall / 1_000_000_000, 0)
    }
    for packet in batch.packets {
      number += 1
      let code = packet.size > 4 ? batch.bytes.getInteger(at: Int(packet.start) + 4, as: UInt8.self) ?? 0 : 0
      let link = exchanges.link(packet, number: number, at: batch.monotonic, code: code)
      let isFree = packet.type?.isMemorable != false
      guard isFree || written < Self.linesPerSecond else {
        left.packets += 1
        left.bytes += Int(packet.size)
        continue
      }
      if !isFree { written += 1 }
      let bytes = batch.bytes.getSlice(at: packet.place.lowerBound, length: packet.place.count)
      if let bytes { lines.append(PacketSummary(packet, bytes).line(packet, link)) }
    }
    if !lines.isEmpty { write(batch.wall, lines) }
  }

  private func write(_ time: Int64, _ lines: [String]) {
    output(time, namesBroker ? lines.map { "\(name) \($0)" } : lines)
  }

  /// Says what had no line of its own.
  private mutating func endSecond() -> [String] {
    defer { left = (0, 0) }
    guard left.packets > 0 else { return [] }
    return ["· and \(Format.count(left.packets)) more packets of \(Format.size(left.bytes)) in that second"]
  }
}
