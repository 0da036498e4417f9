import MQTT
import Synchronization
import Testing

@testable import MQTTBroker

/// When a store is tried again that did not work, and what is kept then.
struct KeeperTests {
  private final class Reports: Sendable { let rooms = Mutex<[Room]>([]) }

  private let faults = FaultyStore.Faults()
  private let store: FaultyStore
  private let keeper: Keeper
  private let reports = Reports()

  init() {
    store = FaultyStore(faults)
    let reports = reports
    keeper = Keeper(store) { if case .room(let room, _) = $0 { reports.rooms.withLock { $0.append(room) } } }
  }

  /// A state that has lost its store, at this time.
  private func fail(at now: Int64) throws -> BrokerState {
    faults.commits.withLock { $0 = true }
    var state = try keeper.restoredState(BrokerLimits(), Access(), at: now)
    keeper.close(room: &state, because: FaultyStore.Broken(), at: now)
    return state
  }

  @Test func `a store is tried again after a while, and then each second until it works`() throws {
    var state = try fail(at: 0)
    for (time, probes) in [(4, 0), (5, 1), (5, 1), (6, 2)] as [(Int64, Int)] {
      try keeper.tick(&state, at: time * second)
      #expect(store.probes == probes && state.room == .none)
    }
    faults.commits.withLock { $0 = false }
    try keeper.tick(&state, at: 7 * second)
    #expect(state.room == .enough && reports.rooms.withLock { $0 } == [.none, .enough])
    // Each time costs all clients their connections, so it is longer
    state = try fail(at: 10 * second)
    try keeper.tick(&state, at: 19 * second)
    #expect(store.probes == 3)
    try keeper.tick(&state, at: 20 * second)
    #expect(store.probes == 4)
  }

  @Test func `what has happened meanwhile is kept when the store works again`() throws {
    var state = try fail(at: 0)
    let message = Kept.Retained(
      message: try StoredMessage(Publish(topic: "a", isRetained: true), at: 0), publisher: nil)
    state.changes = [.retained(message)]
    try keeper.keepChanges(of: &state, at: second)
    #expect(store.mirror.kept.retained.isEmpty)
    faults.commits.withLock { $0 = false }
    try keeper.tick(&state, at: 5 * second)
    #expect(store.mirror.kept.retained == [message])
  }

  @Test func `a change that cannot be kept is an error for whoever wanted to promise it`() throws {
    var state = try keeper.restoredState(BrokerLimits(), Access(), at: 0)
    state.changes = [.retainedEnded([])]
    faults.commits.withLock { $0 = true }
    #expect(throws: FaultyStore.Broken.self) { try keeper.keepChanges(of: &state, at: 0) }
  }
}
