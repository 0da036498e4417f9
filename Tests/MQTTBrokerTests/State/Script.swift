import MQTT
import NIOCore

@testable import MQTTBroker

/// A second of the broker's clock.
let second: Int64 = 1_000_000_000

/// A broker and its clients as a script of packets: what clients say goes through the real codec, and so do the answers.
struct Script {
  /// What the broker does: `place` says which client it concerns.
  enum Said: Equatable {
    case packet(Int, Packet)
    case close(Int)
  }

  var state: BrokerState
  var now: Int64 = 0
  var decoders: [Int: PacketDecoder] = [:]

  init(_ access: Access = Access(), isKeeping: Bool = false, _ change: (inout BrokerLimits) -> Void = { _ in }) {
    var limits = BrokerLimits()
    limits.systemInterval = 0
    change(&limits)
    state = BrokerState(limits: limits, access: access, isKeeping: isKeeping, seed: 1)
    state.connections = Array(repeating: Connection(), count: 10)  // a script may lose who never came
  }

  /// The broker is killed, and another one goes on with what was kept.
  mutating func restart(with kept: Kept) {
    state = BrokerState(limits: state.limits, access: state.access, isKeeping: true, seed: 2, at: now)
    state.connections = Array(repeating: Connection(), count: 10)
    state.restore(kept, at: now)
  }

  /// Connects the client at a place; what the broker says to that.
  mutating func connect(
    _ place: Int, _ clientID: String? = nil, _ version: ProtocolVersion = .v5, clean: Bool = true,
    keepAlive: UInt16 = 0,
    will: Will? = nil, _ properties: Properties = []
  ) -> [Said] {
    let connect = Connect(
      clientID: clientID ?? "c\(place)", cleanStart: clean, keepAlive: keepAlive, will: will, properties: properties)
    return open(place, connect, version)
  }

  /// Connects a client of 5.0.
  mutating func connect(
    _ place: Int, _ clientID: String, clean: Bool = true, keepAlive: UInt16 = 0, will: Will? = nil,
    _ properties: Properties
  ) -> [Said] {
    connect(place, clientID, .v5, clean: clean, keepAlive: keepAlive, will: will, properties)
  }

  /// A client sends a message of QoS 0 with properties.
  mutating func publish(_ topic: String, _ properties: Properties, from place: Int) -> [Said] {
    publish(topic, "x", qos: .atMostOnce, properties, from: place)
  }

  /// A client subscribes with properties.
  mutating func subscribe(_ filter: String, _ properties: Properties, from place: Int) -> [Said] {
    subscribe(filter, .exactlyOnce, properties, from: place)
  }

  /// Opens a connection and sends this CONNECT.
  mutating func open(_ place: Int, _ connect: Connect, _ version: ProtocolVersion = .v5) -> [Said] {
    open(place, limits: state.limits)
    return say(.connect(connect), from: place, in: version)
  }

  /// Opens a connection and says nothing.
  mutating func open(_ place: Int) { open(place, limits: state.limits) }

  private mutating func open(_ place: Int, limits: BrokerLimits) {
    decoders[place] = PacketDecoder(
      version: .v3_1_1, from: .client, maximumPacketSize: limits.maximumPacketSize ?? 268_435_460)
    state.opened(place, at: now)
  }

  /// A client sends a packet.
  mutating func say(_ packet: Packet, from place: Int, in version: ProtocolVersion? = nil) -> [Said] {
    var bytes = ByteBuffer()
    do {
      try packet.encode(into: &bytes, version: version ?? state.version(of: place), from: .client)
    } catch {
      return [.packet(-1, .publish(Publish(topic: "\(error)")))]
    }
    return say(bytes, from: place)
  }

  /// A client sends bytes.
  mutating func say(_ bytes: ByteBuffer, from place: Int) -> [Said] {
    var offset = 0
    var views: [PublishView] = []
    var decoder = decoders[place] ?? PacketDecoder(version: .v5, from: .client)
    while state.isListening(to: place) {
      do {
        let step = try decoder.decode(bytes.readableBytesSpan, at: &offset, publishes: &views)
        if !views.isEmpty { state.receive(views, in: bytes, from: place, at: now) }
        views = []
        guard case .packet(let packet) = step else { break }
        if case .connect = packet, decoder.version == .v5 { decoder.topicAliasMaximum = state.limits.topicAliasMaximum }
        state.receive(packet, in: decoder.version, from: place, at: now)
      } catch {
        if !views.isEmpty { state.receive(views, in: bytes, from: place, at: now) }
        views = []
        state.receive(error, in: decoder.version, from: place, at: now)
      }
    }
    decoders[place] = decoder
    return taken()
  }

  /// A client sends a message.
  mutating func publish(
    _ topic: String, _ payload: String = "x", qos: QoS = .atMostOnce, retain: Bool = false, id: UInt16 = 1,
    duplicate: Bool = false, _ properties: Properties = [], from place: Int
  ) -> [Said] {
    let publish = Publish(
      topic: topic, payload: ByteBuffer(string: payload), qos: qos, isRetained: retain, isDuplicate: duplicate,
      packetID: qos == .atMostOnce ? 0 : id, properties: properties)
    return say(.publish(publish), from: place)
  }

  /// A client subscribes to one filter.
  mutating func subscribe(
    _ filter: String, _ qos: QoS = .exactlyOnce, noLocal: Bool = false, asPublished: Bool = false,
    handling: Subscription.RetainHandling = .send, id: UInt16 = 9, _ properties: Properties = [], from place: Int
  ) -> [Said] {
    let subscription = Subscription(
      filter: filter, qos: qos, noLocal: noLocal, retainAsPublished: asPublished, retainHandling: handling)
    return say(
      .subscribe(Subscribe(packetID: id, subscriptions: [subscription], properties: properties)), from: place)
  }

  /// The network ends a connection.
  mutating func lose(_ place: Int) -> [Said] {
    state.closed(place, at: now)
    return taken()
  }

  /// So many seconds pass, in whole milliseconds.
  mutating func wait(_ seconds: Double) -> [Said] {
    now += Int64((seconds * 1e3).rounded()) * 1_000_000
    state.tick(at: now)
    return taken()
  }

  /// What was handed over is sent.
  mutating func sent(_ place: Int) -> [Said] {
    state.sent(place, at: now)
    return taken()
  }

  private mutating func taken() -> [Said] {
    var outputs: [BrokerState.Output] = []
    state.takeOutputs(into: &outputs)
    return outputs.map { output in
      switch output {
      case .send(let packet, let place): .packet(place, throughWire(packet, state.version(of: place)))
      case .deliver(let copy, let place): .packet(place, received(copy, state.version(of: place)))
      case .close(let place): .close(place)
      }
    }
  }

  /// The packet as the client reads it, so that a packet that cannot be sent is seen.
  private func throughWire(_ packet: Packet, _ version: ProtocolVersion) -> Packet {
    var bytes = ByteBuffer()
    do { try packet.encode(into: &bytes, version: version, from: .server) } catch {
      return .publish(Publish(topic: "\(error)"))
    }
    return read(bytes, version)
  }

  private func received(_ copy: MessageCopy, _ version: ProtocolVersion) -> Packet {
    var bytes = ByteBuffer()
    copy.write(into: &bytes, version: version)
    guard bytes.readableBytes == copy.size(in: version) else { return .publish(Publish(topic: "a wrong size")) }
    return read(bytes, version)
  }

  private func read(_ bytes: ByteBuffer, _ version: ProtocolVersion) -> Packet {
    var decoder = PacketDecoder(version: version, from: .server, topicAliasMaximum: .max)
    var views: [PublishView] = []
    var offset = 0
    do {
      if case .packet(let packet) = try decoder.decode(bytes.readableBytesSpan, at: &offset, publishes: &views) {
        return packet
      }
      return .publish(try Publish(views[0], in: bytes, version: version))
    } catch {
      return .publish(Publish(topic: "\(error)"))
    }
  }
}

extension [Script.Said] {
  /// The packets to a client.
  func packets(to place: Int) -> [Packet] {
    compactMap { if case .packet(place, let packet) = $0 { packet } else { nil } }
  }

  /// The messages to a client.
  func messages(to place: Int) -> [Publish] {
    packets(to: place).compactMap { if case .publish(let publish) = $0 { publish } else { nil } }
  }

  /// The topics of the messages to a client.
  func topics(to place: Int) -> [String] { messages(to: place).map(\.topic) }

  /// The payloads of the messages to a client.
  func payloads(to place: Int) -> [String] { messages(to: place).map { String(buffer: $0.payload) } }

  /// The CONNACK to a client.
  func connack(to place: Int) -> Connack? {
    packets(to: place).lazy.compactMap { if case .connack(let connack) = $0 { connack } else { nil } }.first
  }

  /// The codes of the SUBACK to a client.
  func codes(to place: Int) -> [ReasonCode] {
    packets(to: place).flatMap { if case .suback(let suback) = $0 { suback.reasonCodes } else { [ReasonCode]() } }
  }

  /// Whether a client's connection is closed.
  func closes(_ place: Int) -> Bool { contains(.close(place)) }

  /// The code of the DISCONNECT to a client, which is closed behind it.
  func farewell(to place: Int) -> ReasonCode? {
    guard last(where: { $0 == .close(place) }) != nil else { return nil }
    return packets(to: place).lazy.compactMap { if case .disconnect(let end) = $0 { end.reasonCode } else { nil } }
      .first
  }
}
