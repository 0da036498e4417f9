import MQTT
import NIOCore

@testable import MQTTClient

/// A second of the sessions' clock.
let second: Int64 = 1_000_000_000

extension Configuration {
  /// A configuration for scripts: nothing random, no subscriptions, one version.
  static func script(_ version: ProtocolVersion = .v5, _ change: (inout Configuration) -> Void = { _ in }) -> Self {
    var configuration = Configuration(.tcp(host: "broker", port: 1883), clientID: "c")
    configuration.protocolChoice = .only(version)
    change(&configuration)
    return configuration
  }
}

extension Session {
  /// A session that has sent CONNECT at time 0.
  static func asking(_ configuration: Configuration = .script()) -> Session {
    var session = Session(configuration, seed: 1)
    _ = session.perform(.reconnect, at: 0)
    _ = session.opened(at: 0)
    return session
  }

  /// A session that was accepted at time 0.
  static func connected(_ configuration: Configuration = .script(), _ connack: Connack = Connack()) -> Session {
    var session = asking(configuration)
    _ = session.receive(.connack(connack), at: 0)
    return session
  }

  /// Messages as they come from the decoder.
  mutating func receive(_ publishes: [Publish], at now: Int64 = 0) -> (outputs: [Output], delivered: [Publish]) {
    var bytes = ByteBuffer()
    var views: [PublishView] = []
    do {
      for publish in publishes { try Packet.publish(publish).encode(into: &bytes, version: version, from: .server) }
      var decoder = PacketDecoder(version: version, from: .server, topicAliasMaximum: 10)
      var offset = 0
      _ = try decoder.decode(bytes.readableBytesSpan, at: &offset, publishes: &views)
      heard(at: now)
      startBuffer()
      let outputs = receive(&views, from: 0, in: &bytes, at: now)
      return (outputs, try views.map { try Publish($0, in: bytes, version: version) })
    } catch {
      return ([], [Publish(topic: "\(error)")])
    }
  }

  /// The connection is lost, and the next one accepted.
  mutating func comeBack(_ connack: Connack = Connack(), at now: Int64) -> [Output] {
    _ = closed(.closed(wasAccepted: false), at: now)
    if case .waiting(let until) = phase { _ = tick(at: until) }
    _ = opened(at: now)
    return receive(.connack(connack), at: now)
  }
}

extension [Session.Output] {
  /// The packets that are sent.
  var packets: [Packet] {
    flatMap { output -> [Packet] in
      switch output {
      case .send(let packet): [packet]
      case .acknowledge(let ids): ids.map { .puback(Acknowledgement($0)) }
      default: []
      }
    }
  }

  /// The entries that are written to the journal.
  var entries: [JournalEntry] { compactMap { if case .record(let entry) = $0 { entry } else { nil } } }

  /// The events that are posted.
  var events: [Event] { compactMap { if case .post(let event) = $0 { event } else { nil } } }

  /// The steps of deliveries that are posted.
  var steps: [DeliveryStep] {
    events.compactMap { if case .delivery(_, let step, _) = $0 { step } else { nil } }
  }

  /// The disconnection that is posted.
  var disconnection: Disconnection? {
    events.lazy.compactMap { if case .disconnected(let end) = $0 { end } else { nil } }.first
  }
}
