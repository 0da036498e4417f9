import Glibc
import MQTT
import NIOCore
import TestSupport
import Testing

/// Nothing that was acknowledged is lost by a SIGKILL. `MQTTSCOPE_FIRE=10000,500` is the full size: messages, and kills.
@Suite(.serialized) struct KilledBrokerTests {
  private let messages: Int
  private let kills: Int

  init() {
    let size = getenv("MQTTSCOPE_FIRE").map { String(cString: $0) } ?? "1000,10"
    let numbers = size.split(separator: ",").compactMap { Int($0) }
    (messages, kills) = (numbers.first ?? 1_000, numbers.last ?? 10)
  }

  @Test(arguments: ProtocolVersion.allCases) func `all arrives that was acknowledged, QoS 2 once and QoS 1 in order`(
    version: ProtocolVersion
  ) throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(seed: seed)
    let fire = try KilledBroker(version, publishing: messages)
    let deadline = Deadline(in: .seconds(60 + 4 * kills))
    var killed = 0
    var next = 0
    while !fire.isComplete || killed < kills {
      do { try fire.step() } catch { throw TestSupportError("seed \(seed), \(killed) kills: \(error)") }
      if deadline.isPast { throw TestSupportError("\(fire.completed) of \(messages), seed \(seed), \(fire.heard)") }
      guard killed < kills, fire.completed >= next else { continue }
      try fire.broker.kill()
      try fire.broker.start()
      killed += 1
      next = Int.random(in: messages * killed / kills...messages * (killed + 1) / kills, using: &random)
      next = min(next, messages)
    }
    let once = Array(stride(from: 2, through: messages, by: 2))
    let leastOnce = Array(stride(from: 1, through: messages, by: 2))
    #expect(fire.heard.once == once && fire.heard.leastOnce == leastOnce, "seed \(seed)")
    try fire.broker.kill()
    try fire.broker.start()
    let retained = (0..<10).map { rest in
      "fire/\(rest) \((1...messages).last { $0 % 10 == rest } ?? 0)"
    }
    #expect(try fire.fetchRetained() == retained, "seed \(seed)")
    let away = try fire.fetchAway()
    #expect(away.once == once && away.leastOnce == leastOnce, "seed \(seed)")
  }

  @Test func `a will, a retained value and a deletion are there when the next broker begins`() throws {
    let folder = try TemporaryFolder()
    let broker = try BuiltInBroker(listeners: [], ["--data", "\(folder.path)/data"])
    let kept = Connect(clientID: "s", cleanStart: false, properties: [.sessionExpiryInterval(600)])
    var session = try Peer(port: broker.port, kept)
    let wills = Subscription(filter: "will", qos: .atLeastOnce)
    try session.say(.subscribe(Subscribe(packetID: 1, subscriptions: [wills])))
    _ = try session.hear()
    let will = Will(topic: "will", payload: ByteBuffer(string: "gone"), qos: .atLeastOnce)
    let client = try Peer(port: broker.port, Connect(clientID: "w", will: will))
    for (number, topic, text) in [(1, "a", "x"), (2, "b", "x"), (3, "a", "")] as [(UInt16, String, String)] {
      let message = Publish(
        topic: topic, payload: ByteBuffer(string: text), qos: .atLeastOnce, isRetained: true, packetID: number)
      try client.say(.publish(message))
      guard case .puback = try client.hear() else { throw TestSupportError("no PUBACK") }
    }
    try broker.kill()
    try broker.start()
    session = try Peer(port: broker.port, kept)
    #expect(session.connack.sessionPresent)
    #expect(try session.hearMessage() == "gone")
    try session.say(.subscribe(Subscribe(packetID: 2, subscriptions: [Subscription(filter: "+")])))
    #expect(try session.hear() == .suback(Suback(packetID: 2, reasonCodes: [.success])))
    #expect(try session.hear() == .publish(Publish(topic: "b", payload: ByteBuffer(string: "x"), isRetained: true)))
  }

  @Test func `the broker says where data is kept and what was restored, and others are kept out`() throws {
    let folder = try TemporaryFolder()
    let data = ["--data", "\(folder.path)/data"]
    let broker = try BuiltInBroker(listeners: [], data)
    let place = ["-h", "127.0.0.1", "-p", "\(broker.port)"]
    let sent = try PipedProgram.run("mosquitto_pub", place + ["-t", "a", "-m", "x", "-r", "-q", "1"])
    let made = try PipedProgram.run("mosquitto_sub", place + ["-i", "s", "-c", "-t", "a", "-E"])
    #expect(sent.status == .exited(0) && made.status == .exited(0))
    let port = try Loopback.freePort()
    let second = try PipedProgram.run(Products.mqttscope, ["broker", "--listen", "\(port)"] + data)
    #expect(second.status == .exited(1) && second.errorText.contains("Another broker keeps its data in"))
    try broker.kill()
    let next = try PipedProgram(Products.mqttscope, ["broker", "--listen", "\(port)"] + data)
    try next.wait { $0.errors.contains(Array("Ctrl+C".utf8)) }
    let words = String(decoding: next.errors, as: UTF8.self)
    #expect(words.contains("data/broker.sqlite: 1 retained message and 1 session were restored."))
    #expect(!words.contains("nothing on disk"))
    next.process.send(signal: 15)
    #expect(try next.finish().status == .exited(0))
  }
}
