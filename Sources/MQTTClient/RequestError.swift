import MQTT

/// Why a request could not be carried out.
public enum RequestError: Error, Equatable, Sendable {
  /// There is no connection.
  case notConnected
  /// The connection was lost before the broker answered; a message may or may not have arrived.
  case connectionLost
  /// The broker forgot the session, and with it what was under way.
  case sessionLost
  /// The packet breaks a rule of MQTT or is larger than the broker accepts.
  case unsendable(EncodingError)
  /// The broker accepts a lower QoS only.
  case maximumQoS(QoS)
  /// The broker does not keep messages.
  case retainNotAvailable
  /// The alias is zero or above what the broker accepts.
  case topicAlias(UInt16, maximum: UInt16)
  /// The alias stands for no topic yet, and the message has none.
  case unknownTopicAlias(UInt16)
  /// The broker does not offer this kind of subscription.
  case notOffered(ReasonCode)
  /// All packet identifiers are in use.
  case noPacketIdentifier
  /// Too many messages wait to be sent.
  case tooManyWaiting(Int)
}

extension RequestError: CustomStringConvertible {
  /// A sentence for the person who made the request.
  public var description: String {
    switch self {
    case .notConnected: "There is no connection to the broker."
    case .connectionLost: "The connection was lost before the broker answered; the message may or may not have arrived."
    case .sessionLost: "The broker did not keep the session; the message may or may not have arrived."
    case .unsendable(let error): error.description
    case .maximumQoS(let qos): "The broker accepts QoS \(qos.rawValue) at most."
    case .retainNotAvailable: "The broker does not keep retained messages."
    case .topicAlias(let alias, let maximum): "The broker accepts topic aliases up to \(maximum); \(alias) was given."
    case .unknownTopicAlias(let alias): "The topic alias \(alias) stands for no topic yet."
    case .notOffered(let code): "The broker does not offer this: \(code.rawValue) \(code)."
    case .noPacketIdentifier: "All packet identifiers are in use; wait for the broker to answer."
    case .tooManyWaiting(let count): "\(count) messages already wait for the broker."
    }
  }
}
