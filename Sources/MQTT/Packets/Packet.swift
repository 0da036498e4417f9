/// A control packet of either version, in either direction.
public enum Packet: Equatable, Sendable {
  /// A client asks for a connection.
  case connect(Connect)
  /// The server answers CONNECT.
  case connack(Connack)
  /// A message.
  case publish(Publish)
  /// Answer to a PUBLISH of QoS 1.
  case puback(Acknowledgement)
  /// First answer to a PUBLISH of QoS 2.
  case pubrec(Acknowledgement)
  /// Answer to PUBREC.
  case pubrel(Acknowledgement)
  /// Answer to PUBREL.
  case pubcomp(Acknowledgement)
  /// A client asks for subscriptions.
  case subscribe(Subscribe)
  /// The server answers SUBSCRIBE.
  case suback(Suback)
  /// A client ends subscriptions.
  case unsubscribe(Unsubscribe)
  /// The server answers UNSUBSCRIBE.
  case unsuback(Unsuback)
  /// A client asks whether the server is there.
  case pingreq
  /// The server answers PINGREQ.
  case pingresp
  /// The end of the connection.
  case disconnect(Disconnect)
  /// A step of enhanced authentication.
  case auth(Auth)

  /// The type of the packet.
  public var type: PacketType {
    switch self {
    case .connect: .connect
    case .connack: .connack
    case .publish: .publish
    case .puback: .puback
    case .pubrec: .pubrec
    case .pubrel: .pubrel
    case .pubcomp: .pubcomp
    case .subscribe: .subscribe
    case .suback: .suback
    case .unsubscribe: .unsubscribe
    case .unsuback: .unsuback
    case .pingreq: .pingreq
    case .pingresp: .pingresp
    case .disconnect: .disconnect
    case .auth: .auth
    }
  }
}
