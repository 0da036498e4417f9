import MQTTClient

/// What the explorer is started with.
public struct Options: Sendable {
  /// The connection: broker, client identifier, subscriptions.
  public var configuration: Configuration
  /// The broker as the user named it, for the status line.
  public var address: String
  /// Bytes that topics and messages may take.
  public var memoryLimit = 256 << 20
  /// The name or path of a theme; nil is the default.
  public var theme: String?
  /// Nothing can be published.
  public var isReadOnly = false
  /// Whether the mouse is ours rather than the terminal's.
  public var usesMouse = true
  /// Takes the lines of the log: those of one moment, which is given in nanoseconds since 1970.
  public var log: (@Sendable (Int64, [String]) -> Void)?

  /// Options with their defaults.
  public init(configuration: Configuration, address: String) {
    self.configuration = configuration
    self.address = address
  }
}
