import MQTT
import NIOCore

@testable import MQTTBroker

/// A broker, and clients that watch whether what it says is allowed; what passes between them is bytes.
struct FuzzWorld {
  var state: BrokerState
  var now: Int64 = 0
  var clients: [FuzzClient]
  var sessions: [String: FuzzSession] = [:]
  /// First levels that wildcards do not stand for.
  private(set) var hidden: Set<String> = []
  private var decoders: [PacketDecoder]
  /// Beginnings of packets.
  private var tails: [[UInt8]]
  private var outputs: [BrokerState.Output] = []
  /// Connections on which something could not be said.
  private var muted: Set<Int> = []

  static let places = 8

  init(_ limits: BrokerLimits) {
    state = BrokerState(limits: limits, seed: 1)
    clients = Array(repeating: FuzzClient(), count: Self.places)
    decoders = Array(repeating: PacketDecoder(version: .v3_1_1, from: .client), count: Self.places)
    tails = Array(repeating: [], count: Self.places)
  }

  /// A new connection; the one that was at this place is lost.
  mutating func open(_ place: Int) throws {
    try lose(place)
    decoders[place] = PacketDecoder(
      version: .v3_1_1, from: .client, maximumPacketSize: state.limits.maximumPacketSize ?? 268_435_460)
    clients[place] = FuzzClient(phase: .opened)
    state.opened(place, at: now)
    try perform()
  }

  /// The network ends a connection.
  mutating func lose(_ place: Int) throws {
    guard clients[place].phase != .gone else { return }
    clients[place] = FuzzClient()
    tails[place] = []
    muted.remove(place)
    state.closed(place, at: now)
    try perform()
  }

  /// A client says a packet.
  mutating func say(_ packet: Packet, from place: Int, in version: ProtocolVersion? = nil) throws {
    try say(try bytes(of: packet, version ?? clients[place].version), from: place)
  }

  /// The bytes of a packet.
  func bytes(of packet: Packet, _ version: ProtocolVersion) throws -> [UInt8] {
    var buffer = ByteBuffer()
    try packet.encode(into: &buffer, version: version, from: .client)
    return Array(buffer.readableBytesView)
  }

  /// A client says bytes, whatever they are.
  mutating func say(_ bytes: [UInt8], from place: Int) throws {
    let buffer = ByteBuffer(bytes: tails[place] + bytes)
    tails[place] = []
    var views: [PublishView] = []
    var offset = 0
    while clients[place].phase != .gone, state.isListening(to: place) {
      do {
        let step = try decoders[place].decode(buffer.readableBytesSpan, at: &offset, publishes: &views)
        try take(&views, in: buffer, from: place)
        guard case .packet(let packet) = step else {
          tails[place] = Array(buffer.readableBytesView.dropFirst(offset))
          return
        }
        try take(packet, from: place)
      } catch let error as MalformedPacket {
        try take(&views, in: buffer, from: place)
        state.receive(error, in: decoders[place].version, from: place, at: now)
        clients[place].version = state.version(of: place)
        try perform()
      }
    }
  }

  private mutating func take(_ views: inout [PublishView], in buffer: ByteBuffer, from place: Int) throws {
    guard !views.isEmpty else { return }
    for view in views {
      clients[place].said(view)
      note(topic: String(decoding: buffer.readableBytesView[view.topic], as: UTF8.self))
    }
    state.receive(views, in: buffer, from: place, at: now)
    views = []
    try perform()
  }

  private mutating func take(_ packet: Packet, from place: Int) throws {
    if case .connect(let connect) = packet, clients[place].phase == .opened {
      let version = decoders[place].version
      decoders[place].topicAliasMaximum = version == .v5 ? state.limits.topicAliasMaximum : 0
      clients[place].version = version
      clients[place].clientID = connect.clientID.isEmpty ? "#\(place)" : connect.clientID
    }
    if case .connect(let connect) = packet, let will = connect.will { note(topic: will.topic) }
    let name = clients[place].clientID
    clients[place].said(packet, &sessions[name, default: FuzzSession()])
    state.receive(packet, in: decoders[place].version, from: place, at: now)
    try perform()
  }

  private mutating func note(topic: String) {
    if topic.hasPrefix("$") { hidden.insert(String(topic.prefix { $0 != "/" })) }
  }

  /// Time passes.
  mutating func wait(_ seconds: Double) throws {
    now += Int64(seconds * 1e9)
    state.tick(at: now)
    try perform()
  }

  /// A client has taken what was handed to it.
  mutating func sent(_ place: Int) throws {
    guard clients[place].phase != .gone else { return }
    state.sent(place, at: now)
    try perform()
  }

  private mutating func perform() throws {
    while true {
      state.takeOutputs(into: &outputs)
      if outputs.isEmpty { return }
      for output in outputs {
        switch output {
        case .send(let packet, let place): try write(packet, to: place)
        case .deliver(_, let place) where muted.contains(place): break
        case .deliver(let copy, let place):
          var bytes = ByteBuffer()
          copy.write(into: &bytes, version: state.version(of: place))
          let size = copy.size(in: state.version(of: place))
          try FuzzFailure.unless(bytes.readableBytes == size, "\(bytes.readableBytes) bytes where \(size) were due")
          try hear(bytes, at: place)
        case .close(let place): clients[place].phase = .closed
        }
      }
    }
  }

  /// What the shell does: a packet that a client does not take is the end.
  private mutating func write(_ packet: Packet, to place: Int) throws {
    guard !muted.contains(place) else { return }
    guard clients[place].phase != .gone, clients[place].phase != .closed else {
      throw FuzzFailure("\(packet) to a connection that is over")
    }
    var bytes = ByteBuffer()
    do throws(EncodingError) {
      let most = state.maximumPacketSize(of: place)
      try packet.encode(into: &bytes, version: state.version(of: place), from: .server, maximumSize: most)
    } catch {
      guard case .packetTooLarge = error else { throw FuzzFailure("\(packet): \(error)") }
      if case .connack(let answer) = packet, answer.reasonCode == .success {
        let name = clients[place].clientID
        sessions[name]?.accepted(isPresent: answer.sessionPresent, clients[place].maximumPacketSize)
        sessions[name]?.isBlurred = true
      }
      muted.insert(place)
      state.failed(place, at: now)
      return
    }
    try hear(bytes, at: place)
  }

  private mutating func hear(_ bytes: ByteBuffer, at place: Int) throws {
    var decoder = PacketDecoder(version: state.version(of: place), from: .server, topicAliasMaximum: .max)
    var views: [PublishView] = []
    var offset = 0
    let packet: Packet
    do {
      if case .packet(let control) = try decoder.decode(bytes.readableBytesSpan, at: &offset, publishes: &views) {
        packet = control
      } else {
        try FuzzFailure.unless(views.count == 1, "no whole packet: \(bytes)")
        packet = .publish(try Publish(views[0], in: bytes, version: decoder.version))
      }
    } catch let error as MalformedPacket {
      throw FuzzFailure("a client cannot read this: \(error)")
    }
    let name = clients[place].clientID
    try clients[place].hear(packet, size: bytes.readableBytes, &sessions[name, default: FuzzSession()])
  }
}
