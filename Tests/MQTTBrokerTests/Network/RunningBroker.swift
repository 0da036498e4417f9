import MQTTBroker
import NIOCore
import NIOPosix
import TestSupport

/// A broker in this process with a listener on a free port; it ends with its owner.
final class RunningBroker {
  let broker: Broker
  let listener: Listener

  init(
    _ address: String = "127.0.0.1:0", limits: BrokerLimits = BrokerLimits(), access: Access = Access(),
    identity: ServerIdentity? = nil
  ) throws {
    broker = Broker(limits: limits, access: access, on: MultiThreadedEventLoopGroup.singleton)
    guard let wanted = Listener(address) else { throw TestSupportError("\(address) is no listener") }
    listener = try broker.listen(on: wanted, identity: identity)
  }

  deinit { try? broker.stop() }

  var port: UInt16 { UInt16(listener.port) }

  /// A connection that says exactly the bytes of a test.
  func connect() throws -> ScriptedServer.Connection { try Loopback.connect(port: port) }
}
