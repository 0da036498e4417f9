import Terminal
import TopicStore

/// What changes when another broker comes on the screen, and what is known of those that are off it.
extension Workspace {
  /// - Parameter last: The broker that was on the screen until now, if it is still there.
  mutating func show(_ place: Int, from last: Broker?) -> [WorkspaceEffect] {
    if let last {
      last.seen = last.received
      shared.past = last.model.form.publish.history
    }
    index = place
    let broker = brokers[place]
    broker.model.size = room
    broker.model.now = now
    broker.model.form.publish.history = shared.past
    return use(theme: broker.theme ?? shared.themeName)
  }

  /// Takes in what earlier runs left: the past publishes of all brokers, and the draft, which is the first one's.
  mutating func restore(_ past: PublishHistory, draft: PublishDraft?) {
    shared.past = past
    guard let shown else {
      shared.draft = draft
      return
    }
    shown.model.form.restore(past, draft)
  }

  /// The person chose a theme: it is that of all brokers whose profile wants none.
  mutating func choose(theme: String) -> [WorkspaceEffect] {
    shared.themeName = theme
    return use(theme: theme)
  }

  private mutating func use(theme name: String) -> [WorkspaceEffect] {
    shown?.model.themeName = name
    guard name != theme else { return [] }
    theme = name
    return [.theme(name)]
  }

  /// What the status line says of the others: a count of at most `limit` of them.
  var place: BrokerPlace {
    var place = BrokerPlace(number: index + 1, count: brokers.count, name: shown?.profile)
    for broker in brokers where broker.id != shown?.id {
      place.unseen += broker.unseen
      if broker.model.connection.phase != .connected { place.offline += 1 }
    }
    return place
  }

  /// Settles a store off the screen if that was not done for a while.
  func settle(_ broker: Broker) {
    guard !broker.model.isPaused, now.monotonic - broker.settled >= Self.settleInterval else { return }
    broker.settled = now.monotonic
    broker.model.store.settle(at: now.wall)
  }
}

/// Where a key goes.
extension Workspace {
  mutating func handle(_ key: Key) -> [WorkspaceEffect] {
    if key == .control("c") { return [.quit] }
    guard !isConnecting, let shown else { return handleConnections(key) }
    if let count = shown.model.brokerStep(for: key) { return step(by: count) }
    var effects: [WorkspaceEffect] = []
    for effect in tourAction(for: key).map({ $0 == .tour ? [.skipTourStep] : [.endTour] }) ?? shown.model.handle(key) {
      switch effect {
      case .skipTourStep: skipTourStep()
      case .endTour: endTour()
      case .stepBroker(let count): effects += step(by: count)
      case .follow(let endpoint): effects += follow(endpoint, from: shown)
      case .showBrokers: effects += openConnections()
      case .theme(let name): effects += choose(theme: name)
      case .quit: effects.append(.quit)
      default: effects.append(.broker(shown.id, effect))
      }
    }
    return effects
  }
}
