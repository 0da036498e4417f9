import TestSupport
import Testing

/// One broker of each kind for all tests of a suite; they end with it.
struct SharedBrokers: SuiteTrait, TestScoping {
  /// Where they are, or why there is none.
  @TaskLocal private static var addresses: [BrokerKind: Result<BrokerAddress, any Error>] = [:]

  static func address(of kind: BrokerKind) throws -> BrokerAddress {
    guard let address = addresses[kind] else { throw TestSupportError("no \(kind) was started for this suite") }
    return try address.get()
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    var brokers: [any RealBroker] = []
    defer { withExtendedLifetime(brokers) {} }
    var addresses: [BrokerKind: Result<BrokerAddress, any Error>] = [:]
    for kind in BrokerKind.allCases where !kind.oddities.contains(.mixesUpConnections) {
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
