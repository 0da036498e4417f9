import NIOCore

/// Between the shell and its store: what is to be kept, and how it went.
final class Keeper {
  private let store: any BrokerStore
  private let report: @Sendable (BrokerReport) -> Void
  /// Changes that are not kept yet.
  private var pending: [Change] = []
  private var beatenAt = Int64.min
  private var triesAt = Int64.min
  /// How long nothing is tried after it went wrong; more each time, since each time costs all clients their connections.
  private var pause = shortestPause
  private var isOpen = true

  /// What was there at the beginning.
  private(set) var restored = Broker.Restored(sessions: 0, retained: 0)

  private static let second: Int64 = 1_000_000_000
  private static let shortestPause = 5 * second
  private static let longestPause = 60 * second

  init(_ store: any BrokerStore, report: @escaping @Sendable (BrokerReport) -> Void) {
    self.store = store
    self.report = report
  }

  /// A state that goes on with all that is kept.
  ///
  /// - Parameter endedAt: when the connections of before ended; nil is when the broker before this one was there last.
  func restoredState(
    _ limits: BrokerLimits, _ access: Access, endedAt: Int64? = nil, at now: Int64
  ) throws -> BrokerState {
    pending.removeAll()
    var state = BrokerState(
      limits: limits, access: access, isKeeping: true, seed: .random(in: .min ... .max), at: now)
    var kept = try store.load(at: now)
    if let endedAt { kept.endedAt = endedAt }
    state.restore(kept, at: now)
    let sessions = state.sessions.count { $0.isPersistent && $0.endsAt > now }
    restored = Broker.Restored(sessions: sessions, retained: state.retained.count)
    return state
  }

  /// Keeps all changes so far. Where there is no room they wait: none of them has been promised to anybody.
  func keepChanges(of state: inout BrokerState, at now: Int64) throws {
    state.takeChanges(into: &pending)
    guard isOpen, !pending.isEmpty, state.room != .none else { return }
    try store.commit(pending, at: now)
    pending.removeAll(keepingCapacity: true)
    note(store.hasRoom ? .enough : .little, of: &state)
  }

  /// Nothing can be kept for the moment.
  func close(room state: inout BrokerState, because error: any Error, at now: Int64) {
    triesAt = now + pause
    pause = min(2 * pause, Self.longestPause)
    state.room = .none
    report(.room(.none, reason: "\(error)"))
  }

  /// What was kept is nowhere to be found.
  func leave(because error: any Error) {
    close()
    report(.gone("\(error)"))
  }

  /// The store is beyond use.
  func giveUp(because error: any Error) {
    close()
    report(.lost("\(error)"))
  }

  /// Shows that the broker is there, and finds out whether there is room again. An error is the end of the store.
  func tick(_ state: inout BrokerState, at now: Int64) throws {
    guard isOpen else { return }
    if beatenAt <= now - Self.second || beatenAt == .min {
      beatenAt = now
      try store.beat()
      if state.room == .little { note(store.hasRoom ? .enough : .little, of: &state) }
    }
    guard state.room == .none, triesAt <= now else { return }
    triesAt = now + Self.second
    do {
      try store.probe()
      try store.commit(pending, at: now)
      pending.removeAll(keepingCapacity: true)
      note(store.hasRoom ? .enough : .little, of: &state)
    } catch {
      return  // as before, and said
    }
  }

  /// Ends in order.
  func close() {
    isOpen = false
    store.close()
  }

  private func note(_ room: Room, of state: inout BrokerState) {
    guard room != state.room else { return }
    state.room = room
    report(.room(room, reason: nil))
  }
}
