import MQTT
import MQTTClient
import NIOCore
import TestSupport

/// One exchange with one broker in one version: its clients, all of which stay until its end.
final class BrokerFlow {
  let setting: BrokerSetting
  let address: BrokerAddress
  private let broker: (any RealBroker)?
  private var clients: [Recorder] = []

  init(_ setting: BrokerSetting) throws {
    self.setting = setting
    if setting.kind.oddities.contains(.mixesUpConnections) {
      let broker = try setting.kind.start()
      self.broker = broker
      address = broker.address
    } else {
      broker = nil
      address = try SharedBrokers.address(of: setting.kind)
    }
  }

  /// A client of the broker, with an identifier that no other flow uses.
  /// - Parameter place: where it goes instead of the broker itself.
  func client(
    _ name: String, by place: Relay.Place? = nil, _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> Recorder {
    let client = Recorder(try setting.configuration(name, at: address, by: place, change))
    clients.append(client)
    return client
  }

  /// A way to the broker that can be cut off.
  func relay() throws -> Relay { try Relay(to: setting.place(at: address)) }

  /// The end, which keeps all of it alive until then.
  func end() { clients = [] }

  /// A topic that no other flow uses.
  func topic(_ name: String) -> String { "\(setting.version)/\(name)" }
}

extension BrokerSetting {
  /// Where the broker listens for this version.
  func place(at address: BrokerAddress) -> Relay.Place {
    address.path.map(Relay.Place.path) ?? .port(version == .v5 ? address.newer : address.older)
  }

  /// What connects a client to a broker of this kind, as its user if it wants one.
  func configuration(
    _ name: String, at address: BrokerAddress, by place: Relay.Place? = nil,
    _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> Configuration {
    var configuration = Configuration.loopback(1, version)
    try kind.road.lead(&configuration, to: place ?? self.place(at: address))
    configuration.clientID = clientID(name)
    configuration.username = address.user?.name
    configuration.password = address.user.map { Array($0.password.utf8) }
    change(&configuration)
    return configuration
  }

  /// A client identifier of letters, digits and dashes, which all of them take.
  func clientID(_ name: String) -> String { version == .v5 ? "\(name)-5" : "\(name)-3" }
}

extension Recorder {
  /// Publishes to the end, and is content with success alone.
  func deliver(
    _ topic: String, _ payload: String = "", at qos: QoS = .atLeastOnce, retained isRetained: Bool = false
  ) throws {
    let message = Message(topic: topic, payload: ByteBuffer(string: payload), qos: qos, isRetained: isRetained)
    let last = try publish(message).last
    switch last {
    case .sent, .acknowledged(.success, _), .acknowledged(.noMatchingSubscribers, _), .completed(.success, _): return
    default: throw TestSupportError("the delivery to \(topic) ended with \(String(describing: last))")
    }
  }

  /// The topics of the next so many messages.
  func topics(_ count: Int) throws -> [String] { try messages(count).map(\.topic) }
}
