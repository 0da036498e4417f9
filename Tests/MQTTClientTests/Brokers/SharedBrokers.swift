import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// One broker of each kind for all tests of a suite; they end with it.
struct SharedBrokers: SuiteTrait, TestScoping {
  /// Where they are, or why there is none.
  @TaskLocal static var addresses: [BrokerKind: Result<BrokerAddress, any Error>] = [:]

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    var brokers: [any RealBroker] = []
    defer { withExtendedLifetime(brokers) {} }
    var addresses: [BrokerKind: Result<BrokerAddress, any Error>] = [:]
    for kind in BrokerKind.allCases {
      addresses[kind] = Result {
        let broker = try kind.start()
        brokers.append(broker)
        return broker.address
      }
    }
    try await Self.$addresses.withValue(addresses) { try await function() }
  }
}

extension Trait where Self == SharedBrokers {
  /// One broker of each kind for all tests of a suite.
  static var sharedBrokers: Self { Self() }
}

extension BrokerSetting {
  /// The shared broker of this kind.
  var address: BrokerAddress {
    get throws {
      guard let address = SharedBrokers.addresses[kind] else { throw TestSupportError("no brokers were started") }
      return try address.get()
    }
  }

  /// A client of the shared broker with an identifier of its own.
  func client(_ name: String, _ change: (inout Configuration) -> Void = { _ in }) throws -> Recorder {
    Recorder(configuration(name, at: try address, change))
  }

  /// What connects a client to a broker of this kind, as its user if it wants one.
  func configuration(
    _ name: String, at address: BrokerAddress, _ change: (inout Configuration) -> Void = { _ in }
  ) -> Configuration {
    .loopback(version == .v5 ? address.newer : address.older, version) { configuration in
      configuration.clientID = clientID(name)
      configuration.username = address.user?.name
      configuration.password = address.user.map { Array($0.password.utf8) }
      change(&configuration)
    }
  }

  /// A client identifier of letters, digits and dashes, which all of them take.
  func clientID(_ name: String) -> String { version == .v5 ? "\(name)-5" : "\(name)-3" }

  /// A topic that no other flow uses.
  func topic(_ name: String) -> String { "\(version)/\(name)" }
}

extension Recorder {
  /// Publishes to the end, and is content with success alone.
  func deliver(
    _ topic: String, _ payload: String = "", at qos: QoS = .atLeastOnce, retained isRetained: Bool = false
  ) throws {
    let message = Message(topic: topic, payload: .init(string: payload), qos: qos, isRetained: isRetained)
    let last = try publish(message).last
    switch last {
    case .sent, .acknowledged(.success, _), .acknowledged(.noMatchingSubscribers, _), .completed(.success, _): return
    default: throw TestSupportError("the delivery to \(topic) ended with \(String(describing: last))")
    }
  }

  /// The topics of the next so many messages.
  func topics(_ count: Int) throws -> [String] { try messages(count).map(\.topic) }
}
