import MQTTClient
import Terminal

/// All brokers that are open, one of them on the screen, and what they share.
///
/// Each broker has a model of its own: connection, store, tree, selection, pause and publish draft stay as they were
/// while another is looked at. What is one for all is handed on when the broker on the screen changes: the size, the
/// clock, the theme and the past publishes. A draft is not: what was written for a broker on a desk must not be sent to
/// one in a factory.
///
///     key ───────▶ handle ──▶ [WorkspaceEffect]     each names the broker that it is for
///     event, id ─▶ receive    its own model takes it in, on the screen or not
///     clock ─────▶ refresh, then frame: of the broker on the screen alone
///
/// So a message costs the same wherever it comes from, and a frame costs what one broker's frame costs. A broker that is
/// off the screen is settled once a second, paid by its messages, so that coming back to it is quick.
///
/// The connection screen lies above all of them; while no broker is open there is nothing else.
///
/// Requests are numbered by each model for itself: their answers come by the client of that broker and no other.
struct Workspace: ~Copyable {
  /// In the order in which they were opened.
  private(set) var brokers: [Broker] = []
  /// The place of the one on the screen.
  var index = 0
  private var nextNumber: UInt64 = 1
  /// What a broker is opened with, but for its own.
  var shared: Model.Settings
  /// The theme of the screen as it is.
  var theme: String
  var size = Size(columns: 80, rows: 24) {
    didSet { shown?.model.size = room }
  }
  var now: Instant {
    didSet { shown?.model.now = now }
  }

  /// The tour of the demo, while it goes on.
  var tour: Tour? {
    didSet { shown?.model.size = room }
  }

  /// The connection screen, as it was left.
  var connections: ConnectionScreen
  /// The connection screen is above the brokers and has the keys; it is while there are none.
  var isConnecting: Bool

  /// So many brokers may be open at once; each has its own memory budget.
  static let limit = 16
  /// A store off the screen is settled so often, in nanoseconds.
  static let settleInterval: Int64 = 1_000_000_000

  /// A workspace without brokers, which shows the connection screen.
  ///
  /// - Parameters:
  ///   - shared: What all brokers have in common; the draft is the first one's.
  ///   - configuration: The file of the profiles.
  init(_ shared: Model.Settings, configuration: String? = nil, at now: Instant) {
    self.shared = shared
    theme = shared.themeName
    connections = ConnectionScreen(path: configuration)
    isConnecting = true
    self.now = now
  }

  /// The broker on the screen; nil while none is open.
  var shown: Broker? { brokers.indices.contains(index) ? brokers[index] : nil }

  subscript(id: BrokerID) -> Broker? { brokers.first { $0.id == id } }

  /// Opens one more broker and brings it on the screen; nil when there are as many as may be.
  mutating func open(_ opening: BrokerOpening) -> (id: BrokerID, effects: [WorkspaceEffect])? {
    guard brokers.count < Self.limit else { return nil }
    var settings = shared
    settings.address = opening.address
    settings.clientID = opening.clientID
    settings.subscriptions = opening.subscriptions
    settings.isUnverified = opening.isUnverified
    settings.isProfile = opening.profile != nil
    settings.memoryLimit = opening.memoryLimit ?? shared.memoryLimit
    settings.isReadOnly = opening.isReadOnly || shared.isReadOnly
    shared.draft = nil
    isConnecting = false
    let id = BrokerID(number: nextNumber)
    nextNumber += 1
    brokers.append(Broker(id, profile: opening.profile, theme: opening.theme, settings))
    return (id, show(brokers.count - 1, from: shown))
  }

  /// Closes a broker and forgets all that came from it; its neighbour takes its place on the screen.
  mutating func close(_ id: BrokerID) -> [WorkspaceEffect] {
    guard let place = brokers.firstIndex(where: { $0.id == id }) else { return [] }
    let draft = brokers[place].model.form.publish.draft
    var effects: [WorkspaceEffect] = draft == PublishDraft() ? [] : [.broker(id, .form(.keepDraft(draft)))]
    shared.past = brokers[place].model.form.publish.history
    brokers.remove(at: place)
    effects.append(.close(id))
    guard !brokers.isEmpty else {
      shared.draft = draft == PublishDraft() ? nil : draft
      isConnecting = true
      return effects
    }
    if place == index { return effects + show(min(place, brokers.count - 1), from: nil) }
    if place < index { index -= 1 }
    return effects
  }

  /// Brings the broker that is so many places further on the screen, around the end.
  mutating func step(by count: Int) -> [WorkspaceEffect] {
    guard brokers.count > 1 else {
      shown?.model.say(.information, "There is no other broker; B opens one.")
      return []
    }
    return show((index + count + brokers.count) % brokers.count, from: shown)
  }

  /// Brings a broker on the screen.
  mutating func show(_ id: BrokerID) -> [WorkspaceEffect] {
    guard let place = brokers.firstIndex(where: { $0.id == id }), place != index else { return [] }
    return show(place, from: shown)
  }

  mutating func receive(_ event: Event, from id: BrokerID) {
    guard let broker = self[id] else { return }
    broker.model.now = now
    broker.model.receive(event)
    if case .messages = event, id != shown?.id { settle(broker) }
  }

  /// Brings what is shown up to this moment; costs what the broker on the screen costs.
  mutating func refresh(at now: Instant, clock: () -> Int64) {
    self.now = now
    if let notice = connections.notice, notice.until <= now.monotonic { connections.notice = nil }
    if isConnecting { connections.area = Footer.screen(Rect(size), above: connections.notice) }
    guard let shown else { return }
    shown.model.place = place
    shown.model.refresh(at: now, clock: clock)
    lookAround()
  }

  /// Draws what the last refresh took; changes nothing.
  func frame() -> Frame {
    guard !isConnecting, let shown else { return connectionsFrame() }
    return withTour(shown.model.frame())
  }

  /// A sentence for the person, wherever they look.
  mutating func say(_ kind: Notice.Kind, _ sentence: String) {
    if isConnecting {
      connections.notice = Notice(kind, sentence, at: now.monotonic)
    } else {
      shown?.model.say(kind, sentence)
    }
  }

  /// There is more to do than one refresh may take.
  var isUnfinished: Bool { shown?.model.isUnfinished ?? false }
}
