/// The caller's own number for a request; it comes back in the events about the request.
public struct RequestID: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// The number.
  public var rawValue: UInt64

  /// A request's number.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A request's number as a literal.
  public init(integerLiteral value: UInt64) { rawValue = value }
}
