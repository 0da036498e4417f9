import Glibc
import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// Messages of QoS 2 both ways at once, over a line that is cut again and again, between two clients of a real broker.
///
/// `MQTTSCOPE_FIRE=10000,500` is the full size: messages each way, and cuts.
@Suite(.serialized) struct QoS2UnderFireTests {
  private let messages: Int
  private let cuts: Int
  private let broker: Mosquitto

  init() throws {
    let size = getenv("MQTTSCOPE_FIRE").map { String(cString: $0) } ?? "2000,100"
    let numbers = size.split(separator: ",").compactMap { Int($0) }
    (messages, cuts) = (numbers.first ?? 2_000, numbers.last ?? 100)
    // 0 is no limit of the queue, they say, but 2.0.11 then takes a few messages at once and refuses the next
    broker = try Mosquitto { _ in ["allow_anonymous true", "max_queued_messages 1000000", "max_inflight_messages 20"] }
  }

  @Test(arguments: ProtocolVersion.allCases, [false, true])
  func `every message arrives once and in order, at both ends`(version: ProtocolVersion, dies: Bool) throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(seed: seed)
    let folder = try TemporaryFolder()
    let proxy = try CuttingProxy(to: broker.port, cuts: cuts, every: 100...1_200, seed: random.next())
    let peer = UnderFire(
      configuration(broker.port, version, "peer", listeningTo: "up"), publishing: messages, to: "down")
    let client = UnderFire(
      configuration(proxy.port, version, "client", listeningTo: "down", journal: "\(folder.path)/a/b/journal"),
      publishing: messages, to: "up")
    defer { proxy.stop() }
    let start = ContinuousClock.now
    var early: Int?
    while !client.isSubscribed || !peer.isSubscribed { try step(client, peer, sending: false, since: start) }
    var nextDeath = Int.random(in: 1...messages / 10, using: &random)
    while client.received.count < messages || peer.received.count < messages || !client.isFinished || !peer.isFinished {
      try step(client, peer, since: start)
      if early == nil, proxy.cuts >= cuts / 10 { early = try ProcessCost(of: getpid()).memory }
      guard dies, client.received.count + peer.received.count >= nextDeath else { continue }
      try client.dieAndComeBack()
      nextDeath += Int.random(in: 1...messages / 10, using: &random)
    }
    let time = ContinuousClock.now - start
    for end in [client, peer] {
      let wrong = zip(end.received, 0...).first { $0 != $1 }
      #expect(wrong == nil && end.received.count == messages, "seed \(seed)")
    }
    // What was cut is closed, however often; a closed end may be on its way still
    #expect(Loopback.connections(to: proxy.port) <= 2, "seed \(seed)")
    #expect(try client.remains() <= 1, "seed \(seed)")
    #expect(proxy.cuts == cuts && (client.deaths > 5) == dies, "seed \(seed)")
    // It tells something where no other test runs at the same time
    let growth = try ProcessCost(of: getpid()).memory - (early ?? 0)
    print(
      "MQTT \(version): \(messages) each way, \(proxy.cuts) cuts, \(client.deaths) deaths, memory grew by \(growth) KiB after the first "
        + "tenth of them, seed \(seed), \(time)")
    try client.stop()
    try peer.stop()
  }

  private func step(
    _ client: UnderFire, _ peer: UnderFire, sending: Bool = true, since start: ContinuousClock.Instant
  ) throws {
    try client.step(sending: sending)
    try peer.step(sending: sending)
    if ContinuousClock.now - start > .seconds(240) {
      throw TestSupportError("too slow; client: \(client.progress); peer: \(peer.progress)")
    }
  }

  private func configuration(
    _ port: UInt16, _ version: ProtocolVersion, _ clientID: String, listeningTo filter: String, journal: String? = nil
  ) -> Configuration {
    .loopback(port, version) {
      $0.clientID = clientID
      $0.cleanStart = false
      $0.properties = [.sessionExpiryInterval(3_600)]
      $0.subscriptions = [Subscription(filter: filter, qos: .exactlyOnce)]
      $0.reconnection = .backoff(Backoff(first: .milliseconds(1), longest: .milliseconds(2)))
      $0.duelLimit = nil
      $0.journal = journal
    }
  }
}
