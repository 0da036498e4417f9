import MQTTClient

/// All that the command line says about an exploration.
struct ExploreOptions: Equatable {
  /// The connection, with its subscriptions.
  var configuration: Configuration
  /// How many bytes messages and topics may take.
  var memory: Int
  /// The name or path of a theme; the standard one if nil.
  var theme: String?
  /// Whether nothing may be published.
  var isReadOnly: Bool
  /// Whether clicks and the wheel are ours; if not, the terminal's own selection works.
  var usesMouse: Bool
  /// Where to write a log.
  var logPath: String?
}
