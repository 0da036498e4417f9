import MQTT
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import MQTTBroker

/// A store that stops working: nobody is told anything that it has not got.
struct FailingStoreTests {
  private let faults = FaultyStore.Faults()
  private let broker: Broker
  private let port: UInt16

  init() throws {
    let faults = faults
    broker = try Broker(
      on: MultiThreadedEventLoopGroup.singleton, keepingIn: { FaultyStore(faults) },
      report: { if case .lost = $0 { faults.hasEnded.withLock { $0 = true } } })
    port = UInt16(try broker.listen(on: try #require(Listener("127.0.0.1:0"))).port)
  }

  private static let session = Connect(clientID: "s", cleanStart: false, properties: [.sessionExpiryInterval(60)])

  @Test func `a client whose session is not kept is refused, and one whose message is not is sent away`() throws {
    let client = try Peer(port: port, Self.session)
    #expect(client.connack.reasonCode == .success)
    faults.commits.withLock { $0 = true }
    try client.say(.publish(Publish(topic: "a", payload: ByteBuffer(string: "x"), qos: .exactlyOnce, packetID: 1)))
    #expect(try client.hear() == .disconnect(Disconnect(.quotaExceeded)))
    #expect(try Peer(port: port, Self.session).connack.reasonCode == .quotaExceeded)
    // Clients that leave nothing behind are served
    let guest = try Peer(port: port, Connect(clientID: "g"))
    try guest.say(.subscribe(Subscribe(packetID: 1, subscriptions: [Subscription(filter: "a")])))
    #expect(try guest.hear() == .suback(Suback(packetID: 1, reasonCodes: [.success])))
    try guest.say(.publish(Publish(topic: "a", payload: ByteBuffer(string: "x"))))
    #expect(try guest.hearMessage() == "x")
    try guest.say(.publish(Publish(topic: "a", qos: .atLeastOnce, packetID: 1)))
    #expect(try guest.hear() == .puback(Acknowledgement(1, .quotaExceeded)))
    try broker.stop()
  }

  @Test func `the time of a session that was there begins when the store fails, not when the broker before was there`()
    throws
  {
    let client = try Peer(port: port, Self.session)
    #expect(client.connack.reasonCode == .success)
    faults.commits.withLock { $0 = true }
    try client.say(.publish(Publish(topic: "a", qos: .exactlyOnce, packetID: 1)))
    #expect(try client.hear() == .disconnect(Disconnect(.quotaExceeded)))
    faults.commits.withLock { $0 = false }
    let deadline = Deadline(in: .seconds(20))
    var connack = Connack(reasonCode: .quotaExceeded)
    while connack.reasonCode != .success, !deadline.isPast { connack = try Peer(port: port, Self.session).connack }
    #expect(connack.reasonCode == .success && connack.sessionPresent)
    try broker.stop()
  }

  @Test(arguments: ProtocolVersion.allCases) func `a CONNECT that cannot be kept is answered by a refusal`(
    version: ProtocolVersion
  ) throws {
    faults.commits.withLock { $0 = true }
    let connect = Connect(clientID: "s", cleanStart: false, properties: version == .v5 ? Self.session.properties : [])
    let reason = try Peer(port: port, connect, version).connack.reasonCode
    #expect(reason == (version == .v5 ? .quotaExceeded : .serverUnavailable))
    try broker.stop()
  }

  @Test func `a store that cannot even be read ends the broker`() throws {
    let client = try Peer(port: port, Self.session)
    faults.commits.withLock { $0 = true }
    faults.loads.withLock { $0 = true }
    try client.say(.publish(Publish(topic: "a", payload: ByteBuffer(string: "x"), qos: .exactlyOnce, packetID: 1)))
    #expect(try client.hear() == .disconnect(Disconnect(.quotaExceeded)))
    let deadline = Deadline(in: .seconds(10))
    while Loopback.accepts(port: port), !deadline.isPast {}
    #expect(!Loopback.accepts(port: port) && faults.hasEnded.withLock { $0 })
  }
}
