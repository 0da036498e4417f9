import MQTT
import MQTTClient
import Synchronization
import Terminal
import Testing

@testable import Explorer

@Suite struct ConnectionLogTests {
  private final class Paper: Sendable {
    private let written = Mutex<[(time: Int64, line: String)]>([])

    var lines: [String] { written.withLock { $0.map(\.line) } }
    var times: [Int64] { written.withLock { $0.map(\.time) } }

    func write(_ time: Int64, _ lines: [String]) { written.withLock { $0 += lines.map { (time, $0) } } }
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
    log.flush()
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
    log.finish()
    #expect(paper.lines.count { $0.contains("PUBLISH") } == 2_000)
    #expect(
      paper.lines.filter { $0.hasPrefix("· and") }
        == Array(
          repeating: "· and 2,501 more packets of 17.5 kB in that second", count: 2))
  }

  @Test func `packets about the session have a limit of their own, and leave messages theirs`() throws {
    let paper = Paper()
    var log = ConnectionLog(of: "b", paper.write)
    var batch = TraceBatch(wall: 1, monotonic: 1)
    for _ in 0..<5_000 { try Passing.add(["suback", "9", "0"], isSent: false, version: .v5, to: &batch) }
    try Passing.add(["publish", "0", "t", "x"], isSent: false, version: .v5, to: &batch)
    log.take(.traced(batch), at: 1)
    log.finish()
    #expect(paper.lines.count { $0.contains("SUBACK") } == 1_000)
    #expect(paper.lines.count { $0.contains("PUBLISH") } == 1)
    #expect(paper.lines.last == "· and 4,000 more packets of 24.0 kB in that second")
  }

  @Test func `no word of a broker makes a line of its own, or acts on a terminal`() throws {
    let paper = Paper()
    let reason = "x\n2026-01-01T00:00:00Z → CONNECT forged\u{1b}[2J\u{202e}"
    let endpoint = Endpoint.webSocket(host: "b", port: 1, path: "/m\u{1b}]0;x\u{7}")
    var log = ConnectionLog(of: endpoint.description, paper.write)
    let ends: [Disconnection.Reason] = [
      .refused(.notAuthorized, [.reasonString(reason)]), .dismissed(.serverBusy, [.reasonString(reason)]),
      .notMQTT(.http(reason)), .network(reason),
    ]
    for end in ends { log.take(.disconnected(Disconnection(end, endpoint: endpoint)), at: 1, namesBroker: true) }
    log.take(.connecting(attempt: 1, version: .v5, endpoint: endpoint), at: 1)
    log.finish()
    #expect(paper.lines.count == 5)
    for line in paper.lines {
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !Sanitiser.isHarmful($0) }, "\(line)")
    }
  }

  @Test func `what lets somebody in by the query of a WebSocket is not written`() {
    let paper = Paper()
    let endpoint = Endpoint.secureWebSocket(host: "b", port: 443, path: "/mqtt?X-Amz-Signature=lovelace")
    var log = ConnectionLog(of: "b", paper.write)
    log.take(.connecting(attempt: 1, version: .v5, endpoint: endpoint), at: 1)
    log.take(.disconnected(Disconnection(.closed(wasAccepted: false), endpoint: endpoint)), at: 2)
    log.finish()
    #expect(paper.lines.count == 2 && paper.lines.allSatisfy { $0.contains("wss://b:443/mqtt") })
    #expect(!paper.lines.contains { $0.contains("lovelace") })
  }

  @Test func `words are not later than the packet behind them`() throws {
    let paper = Paper()
    var log = ConnectionLog(of: "b", paper.write)
    let endpoint = Endpoint.tcp(host: "b", port: 1)
    log.take(.connecting(attempt: 1, version: .v5, endpoint: endpoint), at: 90)
    log.take(try Passing.event(["connect"], isSent: true, version: .v5, wall: 70, monotonic: 70), at: 90)
    log.take(.disconnected(Disconnection(.closed(wasAccepted: true), endpoint: endpoint)), at: 91)
    log.finish()
    #expect(paper.times == [70, 70, 91])
  }
}
