import MQTT
import MQTTClient
import Terminal

/// A packet of ours that the broker owes an answer to, for longer than brokers take.
///
/// The standard sets no time for an answer, and it forbids to send a packet again while the connection stands
/// [MQTT-4.4.0-1]; so nothing is done by itself, and it is said. Ten seconds: answers take milliseconds, and a broker that
/// asks a database or a web service whether we may mostly gives up on it after five, so what is not there then is rather
/// missing than late. It is found out when a frame is drawn, so it needs no timer.
struct Unanswered: Equatable, Sendable {
  /// Nanoseconds after which an answer is missed.
  static let patience: Int64 = 10_000_000_000

  /// The packet by type and identifier: `SUBSCRIBE #3`.
  let packet: String
  /// What should have come.
  let answer: String
  /// When it was sent, in nanoseconds since 1970.
  let wall: Int64

  /// Nil for what no answer is due to.
  init?(_ entry: PacketEntry) {
    guard let sent = entry.packet, sent.isSent, let type = sent.type, let answer = type.answer(qos: sent.firstByte)
    else { return nil }
    packet = "\(type)" + (sent.packetID == 0 ? "" : " #\(sent.packetID)")
    self.answer = answer
    wall = entry.wall
  }

  /// What is missed, why that may be, what to try.
  var sentences: String { "\(evidence) \(Self.meaning) \(Self.advice)" }

  /// The packet and its time.
  var evidence: String { "\(packet) was sent at \(Format.time(wall)), and no \(answer) has come." }

  /// The same for a request whose packet is not kept any more.
  static func sentences(after time: Int64) -> String {
    "The broker has not answered for \(Format.age(time)). \(meaning) \(advice)"
  }

  static let meaning =
    "MQTT sets no time for an answer, but it mostly takes milliseconds: the broker may be overloaded, may be waiting for "
    + "a service that knows what we may do, or has lost the packet."
  static let advice = "Wait, or r connects again, which asks anew."
}

extension PacketType {
  /// What the broker answers with; nil if with nothing.
  fileprivate func answer(qos firstByte: UInt8) -> String? {
    switch self {
    case .connect: "CONNACK"
    case .publish: firstByte & 0b0110 == 0b0100 ? "PUBREC" : firstByte & 0b0110 == 0 ? nil : "PUBACK"
    case .pubrec: "PUBREL"
    case .pubrel: "PUBCOMP"
    case .subscribe: "SUBACK"
    case .unsubscribe: "UNSUBACK"
    case .pingreq: "PINGRESP"
    case .auth: "AUTH or CONNACK"
    case .connack, .puback, .pubcomp, .suback, .unsuback, .pingresp, .disconnect: nil
    }
  }
}
