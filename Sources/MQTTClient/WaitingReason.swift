/// Why a publish waits.
public enum WaitingReason: Equatable, Sendable {
  /// The broker takes only so many deliveries at once, and so many are under way.
  case receiveMaximum(UInt16)
  /// All packet identifiers are in use.
  case packetIdentifiers
  /// There is no connection at the moment, and the session outlives that.
  case connection
  /// The network takes no more bytes at the moment.
  case network
}

extension WaitingReason: CustomStringConvertible {
  /// A phrase that continues “waiting: ”.
  public var description: String {
    switch self {
    case .receiveMaximum(let maximum): "the broker accepts \(maximum) unfinished deliveries at once"
    case .packetIdentifiers: "all packet identifiers are in use"
    case .connection: "there is no connection at the moment"
    case .network: "the network is slower than we are"
    }
  }
}
