/// SUBSCRIBE: a client asks for subscriptions.
public struct Subscribe: Equatable, Sendable {
  /// The number of the request, 1 to 65,535.
  public var packetID: UInt16
  /// What to subscribe to, at least one.
  public var subscriptions: [Subscription]
  /// Properties, 5.0 only.
  public var properties: Properties

  /// A request for subscriptions.
  public init(packetID: UInt16, subscriptions: [Subscription], properties: Properties = []) {
    self.packetID = packetID
    self.subscriptions = subscriptions
    self.properties = properties
  }
}

/// SUBACK: the server answers SUBSCRIBE.
public struct Suback: Equatable, Sendable {
  /// The number of the request.
  public var packetID: UInt16
  /// One code for each subscription asked for, in order.
  public var reasonCodes: [ReasonCode]
  /// Properties, 5.0 only.
  public var properties: Properties

  /// An answer to SUBSCRIBE.
  public init(packetID: UInt16, reasonCodes: [ReasonCode], properties: Properties = []) {
    self.packetID = packetID
    self.reasonCodes = reasonCodes
    self.properties = properties
  }
}
