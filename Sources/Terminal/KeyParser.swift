/// Turns the bytes of a terminal into keys: a value, fed with bytes and the time.
public struct KeyParser: Equatable, Sendable {
  /// When `flush` has something to decide (monotonic ns); nil when nothing is pending.
  public private(set) var deadline: Int64?

  /// A parser with nothing pending.
  public init() {}

  /// The keys that these bytes complete.
  public mutating func feed(_ bytes: some Sequence<UInt8>, at now: Int64) -> [Key] { [] }

  /// The keys that are decided because nothing followed in time.
  public mutating func flush(at now: Int64) -> [Key] { [] }
}
