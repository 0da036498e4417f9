/// What the explorer is started with.
public struct Options: Sendable {
  /// The broker to begin with; nil begins with the connection screen.
  package var start: Start?
  /// Makes the broker to begin with, in place of `start`: what starts threads has to wait until signals are ours.
  package var prepare: (@Sendable () throws -> Start)?
  /// Bytes that topics and messages may take.
  public var memoryLimit = 256 << 20
  /// The name or path of a theme; nil is the default.
  public var theme: String?
  /// Nothing can be published.
  public var isReadOnly = false
  /// Whether the mouse is ours rather than the terminal's.
  public var usesMouse = true
  /// Whether the tour of the demo is given.
  public var givesTour = false
  /// Takes the lines of the log: those of one moment, which is given in nanoseconds since 1970.
  public var log: (@Sendable (Int64, [String]) -> Void)?

  /// The first broker.
  package struct Start: Sendable {
    package var opening: BrokerOpening
    package var target: Target

    package init(_ opening: BrokerOpening, _ target: Target) {
      self.opening = opening
      self.target = target
    }
  }

  /// Options with their defaults, which begin with the connection screen.
  public init() {}
}
