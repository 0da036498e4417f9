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

  /// The port of the version.
  var port: UInt16 { setting.port(at: address) }

  /// A client of the broker, with an identifier that no other flow uses.
  func client(_ name: String, _ change: (inout Configuration) -> Void = { _ in }) -> Recorder {
    let client = Recorder(setting.configuration(name, at: address, change))
    clients.append(client)
    return client
  }

  /// The end, which keeps all of it alive until then.
  func end() { clients = [] }

  /// A topic that no other flow uses.
  func topic(_ name: String) -> String { "\(setting.version)/\(name)" }
}

extension BrokerSetting {
  func port(at address: BrokerAddress) -> UInt16 { version == .v5 ? address.newer : address.older }

  /// What connects a client to a broker of this kind, as its user if it wants one.
  func configuration(
    _ name: String, at address: BrokerAddress, _ change: (inout Configuration) -> Void = { _ in }
  ) -> Configuration {
    .loopback(port(at: address), version) { configuration in
      configuration.clientID = clientID(name)
      configuration.username = address.user?.name
      configuration.password = address.user.map { Array($0.password.utf8) }
      change(&configuration)
    }
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
