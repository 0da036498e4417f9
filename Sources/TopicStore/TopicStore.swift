/// Every topic seen and the log of messages, inside a budget of bytes.
public struct TopicStore: ~Copyable {
  private let limits: Limits

  /// An empty store.
  public init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Takes one message. It shows after the next settle.
  ///
  /// - Parameter time: when it was received, in ns since 1970.
  public mutating func append(
    topic: RawSpan, payload: RawSpan, properties: RawSpan, flags: MessageFlags, at time: Int64
  ) {}

  /// Publishes what was appended to rows, values, counters and histories. Not calling it is a pause.
  ///
  /// - Parameter now: the time of the frame to come, in ns since 1970; `row.ratePerSecond` is as of it.
  public mutating func settle(at now: Int64) {}

  /// Facts about the whole store.
  public var statistics: Statistics { Statistics() }
}
