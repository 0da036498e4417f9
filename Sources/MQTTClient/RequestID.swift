/// The caller's own number for a request; it comes back in the events about the request.
public struct RequestID: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// The number.
  public var rawValue: UInt64

  /// A request's number.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A request's number as a literal.
  public init(integerLiteral value: UInt64) { rawValue = value }

  /// Whether the request was made in an earlier run of the program and taken up from its journal.
  public var isOfEarlierRun: Bool { rawValue & Self.earlierRun != 0 }

  /// The number that stands for this request in later runs: it cannot be taken for one of theirs.
  public var ofEarlierRun: RequestID { RequestID(rawValue: rawValue | Self.earlierRun) }

  /// The number without the mark of an earlier run.
  public var ofThisRun: RequestID { RequestID(rawValue: rawValue & ~Self.earlierRun) }

  private static let earlierRun: UInt64 = 1 << 63
}
