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
  /// Takes a line for each event of the connection.
  public var log: (@Sendable (String) -> Void)?

  /// Options with their defaults.
  public init(configuration: Configuration, address: String) {
    self.configuration = configuration
    self.address = address
  }
}
