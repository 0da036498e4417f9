import BrokerData
import MQTT
import MQTTBroker
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

/// A disk that becomes full while the broker runs: what it acknowledged is there, and the rest it refused.
struct FullDiskTests {
  private static let session = Connect(clientID: "s", cleanStart: false, properties: [.sessionExpiryInterval(.max)])
  private static let publisher = Connect(clientID: "p")
  private static let size = 8_000  // bytes of a payload

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func message(_ number: Int) -> Publish {
    let text = "\(number) "
    return Publish(
      topic: "a", payload: ByteBuffer(string: text + String(repeating: "x", count: size - text.count)),
      qos: .atLeastOnce, packetID: UInt16(number))
  }

  private static func number(of payload: String) -> Int? { Int(payload.prefix { $0 != " " }) }

  /// Makes a session that is away.
  private static func subscribe(at port: UInt16) throws {
    let peer = try Peer(port: port, session)
    try peer.say(.subscribe(Subscribe(packetID: 1, subscriptions: [Subscription(filter: "a", qos: .atLeastOnce)])))
    _ = try peer.hear()
    try peer.say(.disconnect(Disconnect()))
    peer.close()
  }

  /// The numbers that wait for the session.
  private static func take(_ count: Int, at port: UInt16) throws -> [Int] {
    let peer = try Peer(port: port, session)
    #expect(peer.connack.sessionPresent)
    return try (0..<count).compactMap { _ in number(of: try peer.hearMessage()) }
  }

  @Test func `where little room is left publishers are told, and whoever takes messages makes room`() throws {
    let reports = Mutex<[Room]>([])
    let path = "\(folder.path)/d"
    let bounds = DataStore.Bounds(size: 1 << 20, reserve: 256 << 10)
    let broker = try Broker(
      on: MultiThreadedEventLoopGroup.singleton, keepingIn: { try DataStore(path, bounds: bounds) },
      report: { report in if case .room(let room, _) = report { reports.withLock { $0.append(room) } } })
    defer { try? broker.stop() }
    let port = UInt16(try broker.listen(on: try #require(Listener("127.0.0.1:0"))).port)
    try Self.subscribe(at: port)
    let publisher = try Peer(port: port, Self.publisher)
    func publish(_ number: Int) throws -> ReasonCode? {
      try publisher.say(.publish(Self.message(number)))
      guard case .puback(let answer) = try publisher.hear() else { return nil }
      return answer.reasonCode
    }
    var accepted: [Int] = []
    while accepted.count < 500, try publish(accepted.count + 1) == .success { accepted.append(accepted.count + 1) }
    #expect((20..<130).contains(accepted.count), "\(accepted.count)")
    #expect(try publish(1_000) == .quotaExceeded)
    #expect(try Self.take(accepted.count, at: port) == accepted)
    let deadline = Deadline(in: .seconds(10))
    while try publish(2_000) != .success, !deadline.isPast {}
    #expect(reports.withLock { $0 } == [.little, .enough])
  }

  @Test func `where nothing can be written nothing is acknowledged, and afterwards all is there that was`() throws {
    let port = try Loopback.freePort()
    let arguments = ["broker", "--listen", "\(port)", "--data", "\(folder.path)/d"]
    // In blocks of 512 bytes, or of 1,024: no file of the broker's can be larger
    let broker = try PipedProgram("sh", ["-c", "ulimit -f 1024; exec \"$0\" \"$@\"", Products.mqttscope] + arguments)
    try broker.wait { $0.errors.contains(Array("Ctrl+C".utf8)) }
    try Self.subscribe(at: port)
    let publisher = try Peer(port: port, Self.publisher)
    var accepted: [Int] = []
    var last = Packet.pingreq
    for number in 1...1_000 {
      try publisher.say(.publish(Self.message(number)))
      last = try publisher.hear()
      guard last == .puback(Acknowledgement(UInt16(number))) else { break }
      accepted.append(number)
    }
    #expect(last == .disconnect(Disconnect(.quotaExceeded)) && accepted.count > 10)
    try broker.wait { $0.errors.contains(Array("There is no room for".utf8)) }
    #expect(try Peer(port: port, Self.session).connack.reasonCode == .quotaExceeded)
    let stranger = try Peer(port: port, Self.publisher)
    #expect(stranger.connack.reasonCode == .success)
    try stranger.say(.publish(Self.message(1)))
    #expect(try stranger.hear() == .puback(Acknowledgement(1, .quotaExceeded)))
    broker.process.send(signal: 9)
    _ = try broker.finish()
    let next = try BuiltInBroker(listeners: [], ["--data", "\(folder.path)/d"])
    #expect(try Self.take(accepted.count, at: next.port) == accepted)
  }
}
