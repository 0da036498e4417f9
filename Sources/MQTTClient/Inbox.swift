import Synchronization

/// The lane from the event loop to the owner of a client: events in order, bounded in bytes.
///
/// The client posts and the owner takes, from any thread. When more than `byteLimit` bytes of events wait, the client
/// stops reading its socket until they are taken: the broker then queues or drops, and we never grow. The lock here is
/// the only one of the program, and it is held for a few moves of an array.
public final class Inbox: Sendable {
  /// How many bytes of events may wait before the client stops reading.
  public let byteLimit: Int

  private let wake: @Sendable () -> Void
  private let state = Mutex(State())

  private struct State {
    var events: [Event] = []
    var bytes = 0
    var refused = false
    var onDrained: (@Sendable () -> Void)?
  }

  /// An empty inbox; `wake` is called on the thread that posts, and only when the inbox was empty.
  public init(byteLimit: Int = 2 << 20, wake: @Sendable @escaping () -> Void) {
    self.byteLimit = byteLimit
    self.wake = wake
  }

  /// Adds one event.
  public func post(_ event: Event) { post(contentsOf: CollectionOfOne(event)) }

  /// Adds events with one lock and at most one wake.
  public func post(contentsOf events: some Collection<Event>) {
    guard !events.isEmpty else { return }
    let wasEmpty = state.withLock { state in
      let wasEmpty = state.events.isEmpty
      state.events.append(contentsOf: events)
      for event in events { state.bytes += event.cost }
      return wasEmpty
    }
    if wasEmpty { wake() }
  }

  /// Moves all events behind those of `events`.
  ///
  /// An empty array is simply exchanged, so giving back the same array each time costs no allocation.
  public func take(into events: inout [Event]) {
    let drained: (@Sendable () -> Void)? = state.withLock { state in
      if events.isEmpty {
        swap(&events, &state.events)
      } else {
        events.append(contentsOf: state.events)
        state.events.removeAll(keepingCapacity: true)
      }
      state.bytes = 0
      defer { state.refused = false }
      return state.refused ? state.onDrained : nil
    }
    drained?()
  }

  /// Whether nothing waits.
  public var isEmpty: Bool { state.withLock { $0.events.isEmpty } }

  /// Whether so much waits that nothing more should be read; `onDrained` is called when it has been taken.
  public var isFull: Bool {
    state.withLock { state in
      state.refused = state.bytes >= byteLimit
      return state.refused
    }
  }

  /// Sets what to call, on the thread that takes, once a full inbox has been emptied.
  func onDrained(_ action: @Sendable @escaping () -> Void) {
    state.withLock { $0.onDrained = action }
  }
}

extension Event {
  /// What the event costs while it waits, in bytes; of most kinds a broker can make more than memory holds.
  fileprivate var cost: Int {
    switch self {
    case .messages(let batch): batch.cost
    case .traced(let batch): batch.cost
    case .connecting, .fellBack, .connected, .subscribed, .unsubscribed, .delivery, .pong, .authentication, .journal,
      .disconnected:
      256
    }
  }
}
