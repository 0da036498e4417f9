import MQTT
import NIOCore

/// The messages of QoS 1 and 2 that the owner has and is not done with, in the order of their arrival.
///
/// An acknowledgement is owed to the connection that brought the message, and to no other: after a new connection a
/// message of QoS 1 comes as a new one, and one of QoS 2 comes again and is owed its PUBREC anew.
struct Untaken: Equatable, Sendable {
  /// What is due for a message that the owner is done with.
  enum Step: Equatable, Sendable {
    /// PUBACK.
    case acknowledge(UInt16)
    /// Its identifier stands for a message that has been handed over, and PUBREC if this connection brought it.
    case record(UInt16, isOwed: Bool)
    /// Nothing: the broker does not wait for it any more.
    case nothing(QoS)
  }

  private struct Entry: Equatable {
    let id: UInt16
    let qos: QoS
  }

  private var queue = CircularBuffer<Entry>()
  /// Of those at QoS 2, whether PUBREC is owed on this connection.
  private var owed: [UInt16: Bool] = [:]
  /// How many at the front came on earlier connections, and how many in earlier sessions.
  private var ofEarlierConnections = 0
  private var ofEarlierSessions = 0

  var isEmpty: Bool { queue.isEmpty }

  /// Whether a message of QoS 2 with this identifier waits for the owner.
  func contains(_ id: UInt16) -> Bool { owed[id] != nil }

  /// A message came and is delivered.
  mutating func append(_ id: UInt16, _ qos: QoS) {
    queue.append(Entry(id: id, qos: qos))
    if qos == .exactlyOnce { owed[id] = true }
  }

  /// A message of QoS 2 came again before the owner was done with it; false if it is none of these.
  mutating func comeAgain(_ id: UInt16) -> Bool { owed.updateValue(true, ifThereIsOneFor: id) }

  /// The broker gave a message of QoS 2 up.
  mutating func release(_ id: UInt16) { owed[id] = nil }

  /// The owner is done with the first; nil if there is none.
  mutating func takeFirst() -> Step? {
    guard let entry = queue.popFirst() else { return nil }
    let (isOfThisConnection, isOfThisSession) = (ofEarlierConnections == 0, ofEarlierSessions == 0)
    ofEarlierConnections = max(0, ofEarlierConnections - 1)
    ofEarlierSessions = max(0, ofEarlierSessions - 1)
    if entry.qos == .atLeastOnce { return isOfThisConnection ? .acknowledge(entry.id) : .nothing(entry.qos) }
    guard isOfThisSession, let isOwed = owed.removeValue(forKey: entry.id) else { return .nothing(entry.qos) }
    return .record(entry.id, isOwed: isOwed)
  }

  /// What is here came on another connection than what comes from now on.
  mutating func startConnection() {
    ofEarlierConnections = queue.count
    for id in owed.keys { owed[id] = false }
  }

  /// What is here came in another session.
  mutating func startSession() {
    startConnection()
    ofEarlierSessions = queue.count
    owed.removeAll()
  }
}

extension [UInt16: Bool] {
  fileprivate mutating func updateValue(_ value: Bool, ifThereIsOneFor id: UInt16) -> Bool {
    guard self[id] != nil else { return false }
    self[id] = value
    return true
  }
}
