import MQTT
import NIOCore
import Testing

@testable import MQTTClient

/// Any packet at any moment, from a broker that has no idea of the protocol.
struct SessionFuzzTests {
  @Test(arguments: ProtocolVersion.allCases)
  func `no order of packets, requests and losses breaks what always holds`(version: ProtocolVersion) throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      var session = Session(
        .script(version) {
          $0.cleanStart = Bool.random(using: &random)
          $0.properties = [.receiveMaximum(2), .topicAliasMaximum(10)]
          $0.subscriptions = [Subscription(filter: "a")]
        }, seed: random.next())
      var now: Int64 = 0
      for _ in 0..<200 {
        now += Int64.random(in: 0...second, using: &random)
        step(&session, at: now, using: &random)
        let inUse = session.inFlight.count + session.pending.count
        #expect(session.identifiers.count >= inUse, "seed \(seed)")
        let sent = session.inFlight.values.count(where: \.takesQuota)
        #expect(Int(session.link.quota) + sent >= Int(session.link.receiveMaximum) || session.phase != .connected)
        #expect(session.link.inbound.count <= 3, "seed \(seed)")
      }
    }
  }

  private func step(_ session: inout Session, at now: Int64, using random: inout SplitMix) {
    let id = UInt16.random(in: 1...4, using: &random)
    let qos = QoS.allCases.randomElement(using: &random) ?? .atMostOnce
    switch Int.random(in: 0...16, using: &random) {
    case 0: _ = session.perform(.reconnect, at: now)
    case 1, 2: _ = session.opened(at: now)
    case 3, 4: _ = session.receive(.connack(connack(&random)), at: now)
    case 5: _ = session.receive([Publish(topic: "t", qos: qos, packetID: qos == .atMostOnce ? 0 : id)], at: now)
    case 6, 7: _ = session.perform(.publish(1, Message(topic: "t", qos: qos)), at: now)
    case 8: _ = session.perform(.subscribe(2, [Subscription(filter: "b")], []), at: now)
    case 9: _ = session.receive(.pubrel(Acknowledgement(id)), at: now)
    case 10: _ = session.receive(.suback(Suback(packetID: id, reasonCodes: [.success])), at: now)
    case 11: _ = session.receive(.puback(Acknowledgement(id)), at: now)
    case 12:
      _ = session.receive(
        .pubrec(Acknowledgement(id, Bool.random(using: &random) ? .success : .quotaExceeded)), at: now)
    case 13: _ = session.receive(.pubcomp(Acknowledgement(id)), at: now)
    case 14:
      _ = session.perform(id % 2 == 0 ? .rename("d") : .reauthenticate, at: now)
    case 15: _ = session.receive(.auth(Auth(.success)), at: now)
    default:
      _ = Bool.random(using: &random) ? session.tick(at: now) : session.closed(.closed(wasAccepted: false), at: now)
    }
  }

  private func connack(_ random: inout SplitMix) -> Connack {
    let maximum = UInt16.random(in: 1...3, using: &random)
    let properties: Properties = [.receiveMaximum(maximum), .maximumQoS(.atLeastOnce)]
    return Connack(
      sessionPresent: Bool.random(using: &random), properties: Bool.random(using: &random) ? properties : [])
  }
}
