/// One line of the connection screen: a profile, or a broker that is open without one.
struct ConnectionRow: Equatable, Sendable {
  /// The profile's name; nil for a URL of the command line.
  var profile: String?
  /// The broker, if it is open.
  var broker: BrokerID?
  var address: String
  var state: State
  /// Seconds since 1970.
  var lastUsed: Int64?
  /// It is the one on the screen.
  var isShown = false

  enum State: Equatable, Sendable {
    case closed
    /// The profile cannot be used, for this reason.
    case broken(String)
    case open(ConnectionStatus.Phase)
  }

  /// What it is called in sentences.
  var title: String { profile ?? address }
}
