/// UNSUBSCRIBE: a client ends subscriptions.
public struct Unsubscribe: Equatable, Sendable {
  /// The number of the request, 1 to 65,535.
  public var packetID: UInt16
  /// The topic filters to end, at least one.
  public var filters: [String]
  /// Properties, 5.0 only.
  public var properties: Properties

  /// A request to end subscriptions.
  public init(packetID: UInt16, filters: [String], properties: Properties = []) {
    self.packetID = packetID
    self.filters = filters
    self.properties = properties
  }
}

/// UNSUBACK: the server answers UNSUBSCRIBE.
public struct Unsuback: Equatable, Sendable {
  /// The number of the request.
  public var packetID: UInt16
  /// One code for each filter, in order; empty in 3.1.1, which says nothing.
  public var reasonCodes: [ReasonCode]
  /// Properties, 5.0 only.
  public var properties: Properties

  /// An answer to UNSUBSCRIBE.
  public init(packetID: UInt16, reasonCodes: [ReasonCode] = [], properties: Properties = []) {
    self.packetID = packetID
    self.reasonCodes = reasonCodes
    self.properties = properties
  }
}
