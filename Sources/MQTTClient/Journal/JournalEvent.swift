import MQTT

/// What an owner hears of the file that keeps a session between two runs of the program.
public enum JournalEvent: Equatable, Sendable {
  /// A session of an earlier run is taken up.
  case restored(RestoredSession)
  /// The session is not kept from now on; the connection goes on.
  case failed(JournalError)
}

/// What was found of a session of an earlier run.
public struct RestoredSession: Equatable, Sendable {
  /// How many messages are on their way to the broker; `RequestID.isOfEarlierRun` tells their steps from those of ours.
  public var outgoing: Int
  /// How many messages of QoS 2 have arrived and are not released yet.
  public var incoming: Int
  /// What the broker granted.
  public var subscriptions: [Subscription]
  /// The last publish that was sent: whoever numbers them in order knows what to hand over again. 0 if there was none.
  public var lastRequest: RequestID
  /// How many messages of QoS 2 had been handed over, in all runs together.
  public var taken: UInt64

  /// Whether nothing is under way.
  public var isEmpty: Bool { outgoing == 0 && incoming == 0 && subscriptions.isEmpty }

  /// What was found of a session.
  public init(
    outgoing: Int = 0, incoming: Int = 0, subscriptions: [Subscription] = [], lastRequest: RequestID = 0,
    taken: UInt64 = 0
  ) {
    self.outgoing = outgoing
    self.incoming = incoming
    self.subscriptions = subscriptions
    self.lastRequest = lastRequest
    self.taken = taken
  }
}

extension JournalEvent: CustomStringConvertible {
  /// A sentence about it.
  public var description: String {
    switch self {
    case .failed(let error): error.description
    case .restored(let found):
      "The session of an earlier run is taken up. Messages under way to the broker: \(found.outgoing), from it: "
        + "\(found.incoming). Subscriptions: \(found.subscriptions.count)."
    }
  }
}
