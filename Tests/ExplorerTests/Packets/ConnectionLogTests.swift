import MQTT
import MQTTClient
import Synchronization
import Testing

@testable import Explorer

@Suite struct ConnectionLogTests {
  private final class Paper: Sendable {
    private let written = Mutex<[String]>([])

    var lines: [String] { written.withLock { $0 } }

    func write(_ time: Int64, _ lines: [String]) { written.withLock { $0 += lines } }
  }

  @Test func `packets and the turns of the connection have a line each, and no password is in them`() throws {
    let paper = Paper()
    var log = ConnectionLog(of: "broker:1883", paper.write)
    let endpoint = Endpoint.tcp(host: "broker", port: 1883)
    log.take(.connecting(attempt: 1, version: .v5, endpoint: endpoint), at: 1)
    for (words, isSent) in [("connect", true), ("connack", false), ("disconnect 139", false)] {
      log.take(
        try Passing.event(words.split(separator: " "), isSent: isSent, version: .v5, wall: 1, monotonic: 1), at: 1)
    }
    log.take(.disconnected(Disconnection(.closed(wasAccepted: true), endpoint: endpoint)), at: 1)
    #expect(paper.lines.count == 5)
    #expect(paper.lines[0] == "· connecting to broker:1883 to speak MQTT 5.0")
    #expect(paper.lines[1].hasPrefix("→ CONNECT") && paper.lines[2] == "← CONNACK Success 5 B +0.0 ms")
    #expect(paper.lines[3] == "← DISCONNECT 139 Server shutting down 3 B")
    #expect(paper.lines[4].hasPrefix("· disconnected: The broker closed"))
    #expect(!paper.lines.contains { $0.contains("lovelace") })
  }

  @Test func `a flood has a thousand lines a second, and the rest is counted`() throws {
    let paper = Paper()
    var log = ConnectionLog(of: "broker:1883", paper.write)
    for second in Int64(0)..<2 {
      var batch = TraceBatch(wall: second * 1_000_000_000, monotonic: second)
      for _ in 0..<3_500 { try Passing.add(["publish", "0", "t", "x"], isSent: false, version: .v5, to: &batch) }
      try Passing.add(["pingresp"], isSent: false, version: .v5, to: &batch)
      log.take(.traced(batch), at: batch.wall)
    }
    log.take(.connecting(attempt: 1, version: .v5, endpoint: .tcp(host: "b", port: 1)), at: 5)
    #expect(paper.lines.count { $0.contains("PUBLISH") } == 2_000)
    #expect(
      paper.lines.filter { $0.hasPrefix("· and") }
        == Array(
          repeating: "· and 2,501 more packets of 17.5 kB in that second", count: 2))
  }
}
