/// What becomes of the session when the broker accepts a connection: its word against what we asked for and hold.
enum Resumption: Equatable, Sendable {
  /// The broker holds a session though we asked for an empty one: it breaks the protocol.
  case contradiction
  /// The broker holds none: what we hold is discarded, and subscriptions are made.
  case begin
  /// The broker holds one of an earlier run of ours: nothing is sent again, subscriptions are made in case they differ.
  case join
  /// Both hold it: deliveries are taken up, subscriptions stand.
  case resume

  /// Source: MQTT 5.0, 3.2.2.1.1 and 4.4; MQTT 3.1.1, 3.2.2.2.
  init(sessionPresent: Bool, cleanStart: Bool, isHeld: Bool) {
    self =
      switch (sessionPresent, cleanStart, isHeld) {
      case (true, true, _): .contradiction  // [MQTT-3.2.2-2]
      case (false, _, _): .begin  // [MQTT-3.2.2-5]
      case (true, false, false): .join
      case (true, false, true): .resume
      }
  }
}
