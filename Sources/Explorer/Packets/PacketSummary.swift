import MQTT
import MQTTClient
import NIOCore
import Terminal

/// One packet in one line: what it is, what it says, and whether that is bad.
struct PacketSummary: Equatable, Sendable {
  /// `PUBLISH`, or why it has no type.
  private(set) var type = ""
  /// `#7`; empty without an identifier.
  private(set) var id = ""
  /// `q2 D ◆`: QoS, DUP, RETAIN of a message.
  private(set) var flags = ""
  /// The topic, the reason, or what else matters most.
  private(set) var text = ""
  /// What is said of the payload of a message.
  private(set) var payload: Payload?
  /// It refuses, fails or breaks the standard.
  private(set) var isBad = false

  /// A payload as far as a line may need it, and its whole size.
  struct Payload: Equatable, Sendable {
    let prefix: [UInt8]
    let size: Int
  }

  private static let prefixSize = 240

  init(_ packet: TracedPacket, _ bytes: ByteBuffer) {
    type = packet.type.map { "\($0)" } ?? "type 0"
    id = packet.packetID == 0 ? "" : "#\(packet.packetID)"
    var decoder = PacketDecoder(version: packet.version, from: packet.sender, topicAliasMaximum: .max)
    var views: [PublishView] = []
    var offset = 0
    do throws(MalformedPacket) {
      switch try decoder.decode(bytes.readableBytesSpan, at: &offset, publishes: &views) {
      case .packet(let packet): describe(packet, version: decoder.version)
      case .needMore:
        if let view = views.first {
          try describe(Publish(view, in: bytes, version: packet.version))
        } else {
          describeCut(packet, bytes)
        }
      }
    } catch {
      (text, isBad) = ("malformed: the \(error.field) at byte \(error.offset) \(error.explanation)", true)
    }
  }

  /// The line without its time, for a file.
  func line(_ packet: TracedPacket, _ link: PacketLink) -> String {
    let round = link.roundTrip.map { "+" + Format.elapsed($0) } ?? ""
    return [packet.isSent ? "→" : "←", type, id, flags, Sanitiser.visible(text), Format.size(packet.size), round]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  private mutating func describe(_ publish: Publish) throws(MalformedPacket) {
    flags = "q\(publish.qos.rawValue)" + (publish.isDuplicate ? " D" : "") + (publish.isRetained ? " ◆" : "")
    text = publish.topic.isEmpty ? "topic alias \(publish.properties.topicAlias ?? 0)" : publish.topic
    let prefix = publish.payload.readableBytesView.prefix(Self.prefixSize)
    payload = Payload(prefix: Array(prefix), size: publish.payload.readableBytes)
  }

  private mutating func describe(_ packet: Packet, version: ProtocolVersion) {
    switch packet {
    case .connect(let connect): text = Self.words(connect, version)
    case .connack(let connack):
      describe(connack.reasonCode, connack.properties, in: .connack, of: version)
      if connack.sessionPresent { text += ", session present" }
    case .puback(let step), .pubrec(let step), .pubrel(let step), .pubcomp(let step):
      if version == .v5 { describe(step.reasonCode, step.properties, in: packet.type) }
    case .subscribe(let request):
      text = request.subscriptions.map { "\($0.filter) q\($0.qos.rawValue)" }.joined(separator: ", ")
    case .unsubscribe(let request): text = request.filters.joined(separator: ", ")
    case .suback(let answer): describe(answer.reasonCodes, answer.properties, in: .suback)
    case .unsuback(let answer): describe(answer.reasonCodes, answer.properties, in: .unsuback)
    case .disconnect(let last):
      if version == .v5 { describe(last.reasonCode, last.properties, in: .disconnect) }
    case .auth(let auth):
      describe(auth.reasonCode, auth.properties, in: .auth)
      if let method = auth.properties.authenticationMethod { text = "\(method): \(text)" }
    case .publish, .pingreq, .pingresp: break
    }
  }

  private mutating func describe(
    _ codes: [ReasonCode], _ properties: Properties, in packet: PacketType, of version: ProtocolVersion = .v5
  ) {
    text = codes.map { Self.words($0, in: packet, of: version) }.joined(separator: ", ")
    if let reason = properties.reasonString { text += ": \(reason)" }
    isBad = codes.contains(where: \.isError)
  }

  private mutating func describe(
    _ code: ReasonCode, _ properties: Properties, in packet: PacketType, of version: ProtocolVersion = .v5
  ) {
    describe([code], properties, in: packet, of: version)
    if let server = properties.serverReference { text += ", use \(server)" }
  }

  private static func words(_ code: ReasonCode, in packet: PacketType, of version: ProtocolVersion) -> String {
    let isPlain = code.rawValue == 0 || packet == .suback && !code.isError
    return (isPlain ? "" : "\(code.number(in: packet, of: version)) ") + code.words(in: packet)
  }

  private static func words(_ connect: Connect, _ version: ProtocolVersion) -> String {
    var parts = ["MQTT \(version)", connect.clientID.isEmpty ? "no client identifier" : connect.clientID]
    if connect.cleanStart { parts.append(version == .v5 ? "clean start" : "clean session") }
    parts.append("keep alive \(connect.keepAlive) s")
    if let username = connect.username { parts.append("user \(username)") }
    if let password = connect.password { parts.append("password ••• \(password.count) bytes") }
    if let will = connect.will { parts.append("will to \(will.topic)") }
    return parts.joined(separator: ", ")
  }

  /// A packet of which only the first bytes were kept: its fields, as far as they go.
  private mutating func describeCut(_ packet: TracedPacket, _ bytes: ByteBuffer) {
    let fields = PacketAnatomy(bytes.readableBytesSpan, version: packet.version, from: packet.sender).fields
    let named = fields.first { $0.name == "topic name" || $0.name == "topic filter" }
    text = named?.value ?? "cut"
    guard packet.type == .publish else { return }
    let first = packet.firstByte
    flags = "q\(first >> 1 & 0b11)" + (first & 0b1000 != 0 ? " D" : "") + (first & 1 != 0 ? " ◆" : "")
    guard let place = fields.first(where: { $0.name == "payload" })?.place else { return }
    let prefix = bytes.readableBytesView.dropFirst(place.lowerBound).prefix(Self.prefixSize)
    payload = Payload(prefix: Array(prefix), size: place.count + Int(packet.size) - Int(packet.keptSize))
  }
}
