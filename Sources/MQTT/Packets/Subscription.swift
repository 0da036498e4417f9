/// A topic filter and what the client wants of the messages that match it.
public struct Subscription: Hashable, Sendable {
  /// What the server does with retained messages when the subscription is made.
  public enum RetainHandling: UInt8, Sendable, CaseIterable {
    /// It sends them.
    case send = 0
    /// It sends them if the subscription did not exist.
    case sendIfNew = 1
    /// It does not send them.
    case doNotSend = 2
  }

  /// The topic filter as text.
  public var filter: String
  /// The highest QoS that messages come with.
  public var qos: QoS
  /// Whether our own messages stay away, 5.0 only.
  public var noLocal: Bool
  /// Whether messages keep the retain flag they were published with, 5.0 only.
  public var retainAsPublished: Bool
  /// What happens to retained messages, 5.0 only.
  public var retainHandling: RetainHandling

  /// A subscription; 3.1.1 carries its filter and QoS alone.
  public init(
    filter: String, qos: QoS = .atMostOnce, noLocal: Bool = false, retainAsPublished: Bool = false,
    retainHandling: RetainHandling = .send
  ) {
    self.filter = filter
    self.qos = qos
    self.noLocal = noLocal
    self.retainAsPublished = retainAsPublished
    self.retainHandling = retainHandling
  }
}
