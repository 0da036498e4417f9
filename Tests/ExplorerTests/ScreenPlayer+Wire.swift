import MQTT
import MQTTClient

@testable import Explorer

/// What passes on the wire, and what the broker answers.
extension ScreenPlayer {
  /// Plays `sent`, `received`, `answer` and `pong`.
  mutating func pass(_ step: ScreenFile.Step) throws -> Bool {
    switch step.word {
    case "sent", "received":
      receive(
        try Passing.event(
          step.words, isSent: step.word == "sent", version: version, wall: now.wall, monotonic: now.monotonic))
    case "pong": receive(.pong(roundTrip: 1_400_000))
    case "answer":
      let code = ReasonCode(rawValue: UInt8(step.rest) ?? 0)
      switch request {
      case .subscribe(let id, let subscriptions, _): receive(.subscribed(id, subscriptions.map { Grant($0, code) }, []))
      case .unsubscribe(let id, let filters, _): receive(.unsubscribed(id, filters.map { Removal($0, code) }, []))
      default: throw ScreenError("Nothing was asked of the broker.")
      }
    default: return false
    }
    return true
  }

  /// A limit of CONNACK, such as `qos:1`, `no-retain`, `keep-alive:30`.
  static func term(_ word: Substring) -> Property? {
    let parts = word.split(separator: ":").map(String.init)
    let number = parts.count > 1 ? UInt32(parts[1]) ?? 0 : 0
    return switch parts[0] {
    case "qos": .maximumQoS(QoS(rawValue: UInt8(number)) ?? .atMostOnce)
    case "no-retain": .retainAvailable(false)
    case "no-shared": .sharedSubscriptionAvailable(false)
    case "no-wildcards": .wildcardSubscriptionAvailable(false)
    case "no-identifiers": .subscriptionIdentifierAvailable(false)
    case "keep-alive": .serverKeepAlive(UInt16(number))
    case "receive": .receiveMaximum(UInt16(number))
    case "packet": .maximumPacketSize(number)
    case "aliases": .topicAliasMaximum(UInt16(number))
    case "assigned": .assignedClientIdentifier(parts[1])
    case "user": .userProperty(UserProperty(parts[1], parts[2]))
    default: nil
    }
  }
}
