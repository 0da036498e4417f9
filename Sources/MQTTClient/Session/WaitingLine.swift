import MQTT
import NIOCore

/// Messages that cannot be sent yet, in two lines, since only QoS 1 and 2 wait for the broker [MQTT-4.9.0-2].
struct WaitingLine: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    let request: RequestID
    let message: Message
  }

  private static let limit = 64 << 20  // bytes: a caller that never looks at answers must not fill the memory
  private static let entryCost = 256

  /// QoS 0: waits for the network only.
  private var unacknowledged = CircularBuffer<Entry>()
  private var acknowledged = CircularBuffer<Entry>()
  private var bytes = 0

  /// How many wait.
  var count: Int { unacknowledged.count + acknowledged.count }

  /// Whether a message of this QoS has others before it.
  func isEmpty(for qos: QoS) -> Bool { qos == .atMostOnce ? unacknowledged.isEmpty : acknowledged.isEmpty }

  /// The last in line from now on; false if there is no room.
  mutating func append(_ entry: Entry) -> Bool {
    let cost = Self.cost(of: entry)
    guard bytes + cost <= Self.limit || count == 0 else { return false }
    bytes += cost
    if entry.message.qos == .atMostOnce { unacknowledged.append(entry) } else { acknowledged.append(entry) }
    return true
  }

  /// The first of QoS 0.
  mutating func popUnacknowledged() -> Entry? { count(out: unacknowledged.popFirst()) }

  /// The first of QoS 1 and 2.
  mutating func popAcknowledged() -> Entry? { count(out: acknowledged.popFirst()) }

  /// Everything, in the order of each line.
  mutating func removeAll() -> [Entry] {
    defer { self = WaitingLine() }
    return Array(unacknowledged) + Array(acknowledged)
  }

  private mutating func count(out entry: Entry?) -> Entry? {
    if let entry { bytes -= Self.cost(of: entry) }
    return entry
  }

  private static func cost(of entry: Entry) -> Int {
    entryCost + entry.message.topic.utf8.count + entry.message.payload.readableBytes
  }
}
