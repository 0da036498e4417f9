/// Publishers that are faster than subscribers: they wait a little for those who read as fast as they can, so that
/// nothing is dropped that need not be, and not at all for those who do not.
extension BrokerState {
  /// How many messages may wait for a client before its publishers wait.
  private static let pressure = 500
  /// How long a client may take for what it was handed before nobody waits for it; with `unsentBytes` it is a speed.
  private static let patience: Int64 = 50_000_000  // nanoseconds

  /// Whether a client reads, and has fallen behind.
  func isSlow(_ session: Int, at now: Int64) -> Bool {
    let place = sessions[session].connection
    guard place >= 0, sessions[session].queue.count > Self.pressure else { return false }
    return connections[place].credit <= 0 && now - connections[place].sentAt < Self.patience
  }

  /// Whether whoever publishes should wait.
  mutating func isPressed(at now: Int64) -> Bool {
    guard !pressed.isEmpty else { return false }
    let still = pressed.filter { isSlow($0, at: now) }
    for session in pressed { sessions[session].isPressed = false }
    for session in still { sessions[session].isPressed = true }
    pressed = still
    return !still.isEmpty
  }
}
