import Glibc
import MQTT
import TestSupport
import Testing

/// Fuzz over real sockets against the program itself: its framing, its buffers, its descriptors.
///
/// It keeps no retained messages, of which others may send as many as there are topics: so its memory has to come to rest.
struct FuzzedProgramTests {
  private let broker: BuiltInBroker
  private let webSocketPort: UInt16

  init() throws {
    webSocketPort = try Loopback.freePort()
    broker = try BuiltInBroker(
      listeners: ["ws://127.0.0.1:\(webSocketPort)"],
      ["--max-session-expiry", "1", "--sys-interval", "1", "--no-retain"])
  }

  @Test func `the program serves whoever behaves, and keeps nothing of what others have sent it`() throws {
    var random = SplitMix(seed: 1)
    let start = ContinuousClock.now
    var rounds = 0
    while rounds < 3 || ContinuousClock.now < start + .seconds(FuzzRun.seconds / 10) {
      _ = try round(&random)  // what it takes once, it may keep
      rounds += 1
    }
    let before = try broker.cost
    FuzzRun.rounds("A real program", seed: 13) { try round(&$0) }
    let after = try broker.cost
    #expect(after.descriptors <= before.descriptors)
    #expect(after.memory < before.memory + (16 << 10), "\(before) \(after)")
    print("A real program: \(before), then \(after)")
  }

  private func round(_ random: inout SplitMix) throws -> Int {
    let descriptors = try broker.cost.descriptors
    var open: [FuzzConnection] = []
    for step in 1...300 {
      if open.count < 3 || open.count < 12 && Int.random(in: 0..<4, using: &random) == 0 {
        open.append(try connection(&random))
      }
      let place = Int.random(in: 0..<open.count, using: &random)
      let isOver = Int.random(in: 0..<12, using: &random) == 0
      do {
        if !isOver { try speak(open[place], &random) }
        if isOver { open.remove(at: place).close(abruptly: Bool.random(using: &random)) }
      } catch {
        open.remove(at: place).close(abruptly: false)  // the broker has had enough of it
      }
      if step % 100 == 0 { try probe(isWebSocket: step % 200 == 0, step) }
    }
    for connection in open { connection.close(abruptly: Bool.random(using: &random)) }
    let deadline = Deadline(in: .seconds(15))
    while try broker.cost.descriptors > descriptors {
      if deadline.isPast { throw FuzzFailure("\(try broker.cost) where \(descriptors) descriptors were in use") }
      poll(nil, 0, 20)
    }
    return 300
  }

  private func connection(_ random: inout SplitMix) throws -> FuzzConnection {
    let isWebSocket = Bool.random(using: &random)
    let version = ProtocolVersion.allCases.randomElement(using: &random) ?? .v5
    let connection = try FuzzConnection(
      port: isWebSocket ? webSocketPort : broker.port, isWebSocket: isWebSocket, version)
    if Int.random(in: 0..<8, using: &random) > 0 { try connection.send(FuzzPackets.connect(version, &random)) }
    return connection
  }

  private func speak(_ connection: FuzzConnection, _ random: inout SplitMix) throws {
    let one = try FuzzConnection.bytes(of: FuzzPackets.packet(connection.version, &random), connection.version)
    let other = try FuzzConnection.bytes(of: FuzzPackets.packet(connection.version, &random), connection.version)
    switch Int.random(in: 0..<10, using: &random) {
    case 0: try connection.send(ByteMutator.mutated(one, or: other, &random))
    case 1: try connection.sendRaw(ByteMutator.mutated(FuzzConnection.frame(one), or: other, &random))
    case 2: try connection.send(one + other + one)
    default: try connection.send(one)
    }
  }

  /// A client of good manners has its message back.
  private func probe(isWebSocket: Bool, _ step: Int) throws {
    let version: ProtocolVersion = step % 300 == 0 ? .v3_1_1 : .v5
    let probe = try FuzzConnection(port: isWebSocket ? webSocketPort : broker.port, isWebSocket: isWebSocket, version)
    try probe.receiveHead()
    try probe.send(.connect(Connect(clientID: "probe")))
    var types = [try probe.receiveType()]
    let subscription = Subscription(filter: "probe/\(step)", qos: .exactlyOnce)
    try probe.send(.subscribe(Subscribe(packetID: 1, subscriptions: [subscription])))
    types.append(try probe.receiveType())
    try probe.send(.publish(Publish(topic: "probe/\(step)", qos: .atLeastOnce, packetID: 2)))
    types += [try probe.receiveType(), try probe.receiveType()]
    try FuzzFailure.unless(types == [.connack, .suback, .publish, .puback], "a client is not served: \(types)")
    probe.close(abruptly: false)
  }
}
