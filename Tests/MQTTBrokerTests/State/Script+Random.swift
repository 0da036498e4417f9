import MQTT
import NIOCore

@testable import MQTTBroker

extension Script {
  /// Any client does anything that a client may do, at any moment.
  mutating func step(_ random: inout SplitMix) {
    let place = Int.random(in: 0..<5, using: &random)
    if state.connections[place].phase != .connected, Bool.random(using: &random) { return connect(place, &random) }
    let id = UInt16.random(in: 1...4, using: &random)
    let qos = QoS.allCases.randomElement(using: &random) ?? .atMostOnce
    let topic = ["a", "a/b", "a/b/c", "$x/y", "/"].randomElement(using: &random) ?? "a"
    let filter =
      ["#", "a/+", "a/#", "$share/s/a/#", "$share/t/a", "a/b", "+", "$x/#"].randomElement(using: &random) ?? "#"
    let codes: [ReasonCode] = [.success, .success, .unspecifiedError]
    let code = codes.randomElement(using: &random) ?? .success
    switch Int.random(in: 0...17, using: &random) {
    case 0: connect(place, &random)
    case 1: _ = lose(place)
    case 2, 3, 4, 5:
      let properties: Properties = Bool.random(using: &random) ? [.messageExpiryInterval(UInt32(id))] : []
      _ = publish(
        topic, String(repeating: "x", count: Int(id) * 30), qos: qos, retain: id == 4, id: id, properties, from: place)
    case 6, 7: _ = subscribe(filter, qos, asPublished: id == 1, id: id, from: place)
    case 8: _ = say(.unsubscribe(Unsubscribe(packetID: id, filters: [filter])), from: place)
    case 9, 10: answer(code, &random)
    case 11:
      let step = Acknowledgement(id, code)
      _ = say(Bool.random(using: &random) ? .puback(step) : .pubrec(step), from: place)
    case 12: _ = say(.pubrel(Acknowledgement(id)), from: place)
    case 16: release(&random)
    case 13: _ = say(.pubcomp(Acknowledgement(id)), from: place)
    case 14: _ = wait(Double.random(in: 0...3, using: &random))
    case 15: _ = say(id == 1 ? .disconnect(Disconnect()) : .pingreq, from: place)
    default: _ = sent(place)
    }
  }

  /// The sessions of connected clients of which this is true.
  private func connected(_ isWanted: (Session) -> Bool) -> [Session] {
    state.sessions.filter { $0.connection >= 0 && isWanted($0) }
  }

  /// A client releases the first message that it has under way to the broker, if there is one.
  private mutating func release(_ random: inout SplitMix) {
    guard let session = connected({ !$0.unreleased.isEmpty }).randomElement(using: &random),
      let id = session.unreleased.keys.min()
    else { return }
    _ = say(.pubrel(Acknowledgement(id)), from: session.connection)
  }

  /// A client goes on with a delivery that is under way to it, if there is one.
  private mutating func answer(_ code: ReasonCode, _ random: inout SplitMix) {
    guard let session = connected({ !$0.inFlight.isEmpty }).randomElement(using: &random),
      let (id, flight) = session.inFlight.min(by: { $0.value.number < $1.value.number })
    else { return }
    let (place, step) = (session.connection, Acknowledgement(id, code))
    switch flight.delivery {
    case .awaitingPuback: _ = say(.puback(step), from: place)
    case .awaitingPubrec: _ = say(.pubrec(step), from: place)
    case .awaitingPubcomp: _ = say(.pubcomp(Acknowledgement(id)), from: place)
    }
  }

  private mutating func connect(_ place: Int, _ random: inout SplitMix) {
    let version = ProtocolVersion.allCases.randomElement(using: &random) ?? .v5
    let name = "c\(Int.random(in: 0..<6, using: &random))"
    let expiry: UInt32 = [0, 2, 10].randomElement(using: &random) ?? 0
    let properties: Properties =
      version == .v5
      ? [.sessionExpiryInterval(expiry), .receiveMaximum(2), .topicAliasMaximum(2), .maximumPacketSize(100)] : []
    let will = Will(topic: "a/will", payload: ByteBuffer(), qos: .atLeastOnce, isRetained: Bool.random(using: &random))
    _ = lose(place)
    _ = connect(
      place, name, version, clean: Bool.random(using: &random), keepAlive: 5,
      will: Bool.random(using: &random) ? will : nil,
      properties)
  }
}
