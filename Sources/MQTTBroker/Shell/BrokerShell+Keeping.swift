import MQTT
import NIOCore

/// Keeping what the state tells, before anything is done that promises it.
extension BrokerShell {
  /// Keeps the changes that the outputs at hand depend on. If that fails none of the outputs leaves: the broker goes back to
  /// what is kept, as it would after a crash, and closes all connections. So it never knows more than its disk.
  func keep(by keeper: Keeper) {
    do {
      try keeper.keepChanges(of: &state, at: now)
    } catch {
      goBack(to: keeper, because: error)
    }
  }

  /// Time has passed: what no output waits for is kept too.
  func tick(_ keeper: Keeper) {
    keep(by: keeper)
    do { try keeper.tick(&state, at: now) } catch {
      dismissEverybody()
      end()
      keeper.leave(because: error)
    }
  }

  private func goBack(to keeper: Keeper, because error: any Error) {
    dismissEverybody()
    do {
      let uncounted = state.statistics
      state = try keeper.restoredState(state.limits, state.access, endedAt: now, at: now)
      keeper.close(room: &state, because: error, at: now)
      state.statistics = uncounted
      inheritConnections()
    } catch {
      giveUp(keeper, because: error)
    }
  }

  private func giveUp(_ keeper: Keeper, because error: any Error) {
    end()
    keeper.giveUp(because: error)
  }

  private func end() {
    state = BrokerState(limits: state.limits, access: state.access, seed: 0, at: now)
    inheritConnections()
    for listener in listeners { listener.close(promise: nil) }
  }

  private func inheritConnections() {
    for place in handlers.indices where handlers[place] != nil { state.inherit(place) }
  }

  /// Tells each client that it is not the client's fault, in the place of what cannot be promised.
  private func dismissEverybody() {
    var isNew: Set<Int> = []
    for case .send(.connack, let place) in outputs + state.outputs { isNew.insert(place) }
    outputs.removeAll()
    for (place, handler) in handlers.enumerated() {
      guard let handler else { continue }
      let version = state.version(of: place)
      if isNew.contains(place) {
        let reason: ReasonCode = version == .v5 ? .quotaExceeded : .serverUnavailable
        handler.write(.connack(Connack(reasonCode: reason)), version: version)
      } else if version == .v5, state.connections[place].phase == .connected {
        handler.write(.disconnect(Disconnect(.quotaExceeded)), version: version)
      }
      handler.isClosing = true
      note(handler)
    }
  }
}
