import MQTT
import MQTTClient
import NIOCore
import Terminal

/// The client of one broker, and what it has told that was not taken in yet.
@MainActor
final class Link {
  let id: BrokerID
  /// The broker, for the log.
  let name: String
  let client: Client
  /// The log of the session, if one is kept.
  var log: ConnectionLog?
  private let inbox: Inbox
  private var events: [Event] = []
  private var next = 0
  /// When its goodbye is not waited for any longer.
  private var deadline: Int64 = 0

  init(_ id: BrokerID, _ configuration: Configuration, wake: Wake, on group: any EventLoopGroup) {
    self.id = id
    name = configuration.endpoint.withoutQuery.description
    inbox = Inbox { wake.signal() }
    client = Client(configuration, inbox: inbox, on: group)
  }

  var hasEvents: Bool { next < events.count }

  /// Empties the inbox, but only when all that was taken from it before is used up: so a flood fills the inbox and not us.
  func collect() {
    guard !hasEvents else { return }
    events.removeAll(keepingCapacity: true)
    next = 0
    inbox.take(into: &events)
  }

  func take() -> Event? {
    guard hasEvents else { return nil }
    defer { next += 1 }
    return events[next]
  }

  /// Says goodbye to the broker, which has so long to take it.
  func leave(until deadline: Int64) {
    self.deadline = deadline
    client.perform(.disconnect(.success, []))
  }

  /// Whether the connection is closed, or has had time enough to be. What it still tells is for the log.
  func hasLeft(at now: Instant) -> Bool {
    inbox.take(into: &events)
    for event in events[next...] { log?.take(event, at: now.wall) }
    let hasLeft = now.monotonic >= deadline || events.contains(where: \.isDisconnected)
    if hasLeft { log?.finish() } else { log?.flush() }
    events.removeAll()
    next = 0
    return hasLeft
  }
}

extension Event {
  fileprivate var isDisconnected: Bool { if case .disconnected = self { true } else { false } }
}
