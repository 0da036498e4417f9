/// What becomes of the session when the broker accepts a connection: its word against what we asked for and hold.
enum Resumption: Equatable, Sendable {
  /// The broker holds a session though we asked for an empty one: it breaks the protocol.
  case contradiction
  /// The broker holds none: what we hold is discarded, and subscriptions are made.
  case begin
  /// The broker holds one that we know nothing of, and its messages are not for us: the connection ends.
  case stranger
  /// The same, and we go on in it: nothing is sent again, subscriptions are made in case they differ.
  case join
  /// Both hold it: deliveries are taken up, subscriptions stand.
  case resume

  /// Source: MQTT 5.0, 3.2.2.1.1 and 4.4; MQTT 3.1.1, 3.2.2.2, which demands nothing about unknown ones.
  init(sessionPresent: Bool, cleanStart: Bool, isHeld: Bool, refusesUnknown: Bool) {
    self =
      switch (sessionPresent, cleanStart, isHeld) {
      case (true, true, _): .contradiction  // [MQTT-3.2.2-2]
      case (false, _, _): .begin  // [MQTT-3.2.2-5]
      case (true, false, false): refusesUnknown ? .stranger : .join  // [MQTT-3.2.2-4]
      case (true, false, true): .resume
      }
  }
}
