/// The type of a control packet, by the number in the upper half of its first byte.
public enum PacketType: UInt8, Sendable, CaseIterable {
  /// A client asks for a connection.
  case connect = 1
  /// The server answers CONNECT.
  case connack = 2
  /// A message, in either direction.
  case publish = 3
  /// Answer to a PUBLISH of QoS 1.
  case puback = 4
  /// First answer to a PUBLISH of QoS 2.
  case pubrec = 5
  /// Answer to PUBREC.
  case pubrel = 6
  /// Answer to PUBREL, the end of a delivery at QoS 2.
  case pubcomp = 7
  /// A client asks for subscriptions.
  case subscribe = 8
  /// The server answers SUBSCRIBE.
  case suback = 9
  /// A client ends subscriptions.
  case unsubscribe = 10
  /// The server answers UNSUBSCRIBE.
  case unsuback = 11
  /// A client asks whether the server is there.
  case pingreq = 12
  /// The server answers PINGREQ.
  case pingresp = 13
  /// The last packet of a connection.
  case disconnect = 14
  /// A step of enhanced authentication, 5.0 only.
  case auth = 15
}

extension PacketType {
  /// The only flags that a packet of this type may carry; PUBLISH has flags of its own and none here.
  var requiredFlags: UInt8 {
    switch self {
    case .pubrel, .subscribe, .unsubscribe: 0b0010  // [MQTT-3.6.1-1] [MQTT-3.8.1-1] [MQTT-3.10.1-1]
    default: 0
    }
  }

  /// Whether a packet of this type may hold a password or authentication data.
  package var hasSecrets: Bool {
    switch self {
    case .connect, .connack, .auth: true
    case .publish, .puback, .pubrec, .pubrel, .pubcomp, .subscribe, .suback, .unsubscribe, .unsuback, .pingreq,
      .pingresp, .disconnect:
      false
    }
  }
}

extension PacketType: CustomStringConvertible {
  /// The name as the standard writes it, such as `PUBLISH`.
  public var description: String {
    switch self {
    case .connect: "CONNECT"
    case .connack: "CONNACK"
    case .publish: "PUBLISH"
    case .puback: "PUBACK"
    case .pubrec: "PUBREC"
    case .pubrel: "PUBREL"
    case .pubcomp: "PUBCOMP"
    case .subscribe: "SUBSCRIBE"
    case .suback: "SUBACK"
    case .unsubscribe: "UNSUBSCRIBE"
    case .unsuback: "UNSUBACK"
    case .pingreq: "PINGREQ"
    case .pingresp: "PINGRESP"
    case .disconnect: "DISCONNECT"
    case .auth: "AUTH"
    }
  }
}
