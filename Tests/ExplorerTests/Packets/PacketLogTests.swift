import Glibc
import MQTT
import MQTTClient
import NIOCore
import Testing

@testable import Explorer

@Suite struct PacketLogTests {
  private var log = PacketLog()
  private var time: Int64 = 0

  /// Packets of one moment, each a millisecond after the one before; `>` for sent, `<` for received.
  private mutating func pass(_ lines: String..., version: ProtocolVersion = .v5) throws {
    for line in lines {
      time += 1_000_000
      var batch = TraceBatch(wall: time, monotonic: time)
      let words = line.split(separator: " ")
      try Passing.add(Array(words.dropFirst()), isSent: words[0] == ">", version: version, to: &batch)
      log.append(batch)
    }
  }

  private func entry(_ number: UInt64) throws -> PacketEntry { try #require(log.entry(number)) }

  private func line(_ number: UInt64) throws -> String {
    let entry = try entry(number)
    let packet = try #require(entry.packet)
    return PacketSummary(packet, entry.bytes).line(packet, entry.link)
  }

  @Test mutating func `a QoS 2 exchange is one thread with the time each answer took`() throws {
    try pass("> publish q2 7 a/b ON", "< publish 0 other x", "< pubrec 7", "> pubrel 7", "< pubcomp 7")
    #expect(try [1, 3, 4, 5].map { try entry($0).link.exchange } == [1, 1, 1, 1])
    #expect(try entry(2).link == PacketLink())
    #expect(try [3, 4, 5].map { try entry($0).link.roundTrip } == [2_000_000, 1_000_000, 1_000_000])
  }

  @Test mutating func `both sides may use one identifier, and it may be used again`() throws {
    try pass("> publish q1 1 a x", "< publish q1 1 b y", "> puback 1", "< puback 1", "> publish q1 1 a z", "< puback 1")
    #expect(try (1...6).map { try entry($0).link.exchange } == [1, 2, 2, 1, 5, 5])
  }

  @Test mutating func `a message that is sent again goes on with its exchange, a refused one ends it`() throws {
    try pass("> publish q2 3 a x", "> publish q2 dup 3 a x", "< pubrec 3 135", "> pubrel 3")
    #expect(try (1...4).map { try entry($0).link.exchange } == [1, 1, 1, 0])
  }

  @Test mutating func `lines say what matters, byte for byte`() throws {
    try pass(
      "> connect", "< connack present", "> subscribe 1 # $SYS/#", "< suback 1 0 135",
      "> publish q2 dup retain 7 a/b ON",
      "< pubrec 7 16", "> unsubscribe 2 #", "< unsuback 2 17", "> pingreq", "< pingresp", "< disconnect 142",
      "< bytes 90 03 00")
    #expect(
      try (1...12).map { try line($0) } == [
        "→ CONNECT MQTT 5.0, mqttscope-0000002a, clean start, keep alive 60 s, user ada, password ••• 8 bytes 48 B",
        "← CONNACK Success, session present 5 B +1 ms",
        "→ SUBSCRIBE #1 # q0, $SYS/# q0 18 B",
        "← SUBACK #1 Granted QoS 0, 135 Not authorized 7 B +1 ms",
        "→ PUBLISH #7 q2 D ◆ a/b 12 B",
        "← PUBREC #7 16 No matching subscribers 5 B +1 ms",
        "→ UNSUBSCRIBE #2 # 8 B",
        "← UNSUBACK #2 17 No subscription existed 6 B +1 ms",
        "→ PINGREQ 2 B",
        "← PINGRESP 2 B +1 ms",
        "← DISCONNECT 142 Session taken over 3 B",
        "← SUBACK cut 3 B",
      ])
  }

  @Test mutating func `a refusal of 3·1·1 has the number that was sent`() throws {
    try pass("< bytes 20 02 00 05", version: .v3_1_1)
    #expect(try line(1) == "← CONNACK 5 Not authorized 4 B")
  }

  @Test mutating func `nothing of what is sent can act on a terminal from a line`() throws {
    try pass("> bytes 30 07 00 05 61 1b 5b 32 4a")
    #expect(try line(1).unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
  }

  @Test mutating func `a flood stays within the budget, is counted, and does not drive out what explains it`() throws {
    try pass("> connect", "< connack", "> subscribe 1 #", "< suback 1 0")
    var flood = TraceBatch(wall: 1, monotonic: 1)
    for _ in 0..<2_000 {
      try Passing.add(["publish", "0", "a/b/c", "12345678901234567890"], isSent: false, version: .v5, to: &flood)
    }
    for _ in 0..<150 { log.append(flood) }
    #expect(log.cost <= PacketLog.budget)
    #expect(log.count <= PacketLog.countLimit + 4)
    #expect(log.next == 300_005)
    #expect(log.gone + UInt64(log.count) == 300_004)
    #expect(try (1...4).map { try entry($0).packet?.type } == [.connect, .connack, .subscribe, .suback])
    #expect(log.entry(5) == nil)
    #expect((0..<6).map { log.number(at: $0) }.prefix(4) == [1, 2, 3, 4])
    for row in stride(from: 0, to: log.rowCount, by: 997) {
      let number = try #require(log.number(at: row))
      #expect(log.row(of: number) == row && log.entry(number) != nil)
    }
  }

  @Test mutating func `control packets at any number are bounded too`() throws {
    for id in 1...40_000 { try pass("> subscribe \(id % 65_000 + 1) some/filter/of/a/length/\(id)") }
    #expect(log.cost <= PacketLog.budget + 512 << 10)
    #expect(log.gone > 0 && log.gone + UInt64(log.count) == 40_000)
  }

  @Test mutating func `words about the connection are no packets, and none is later than the packet behind it`() throws
  {
    log.note("connecting", wall: 9_000_000)
    log.note("again", wall: 9_500_000)
    time = 4_000_000
    try pass("> connect", "< connack")
    log.note("lost", wall: 9_900_000)
    #expect(try (1...5).map { try entry($0).wall } == [5_000_000, 5_000_000, 5_000_000, 6_000_000, 9_900_000])
    #expect(log.count == 5 && log.packetCount == 2)
  }

  @Test mutating func `the newest packet of the broker is found before whatever we answered`() throws {
    try pass("< connack", "< bytes 48 02 00 01")
    for id in 1...300 { try pass("> puback \(id)") }
    try pass("> disconnect 129")
    #expect(log.lastReceived == [0x48, 2, 0, 1])
  }

  @Test mutating func `a packet costs the same however much a filter has found`() throws {
    log.setFilter(PacketFilter("ping"))
    var batch = TraceBatch(wall: 1, monotonic: 1)
    try Passing.add(["pingreq"], isSent: true, version: .v5, to: &batch)
    // The processor's time of this thread: others may have the processor meanwhile
    func time() -> Int {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
    func shortest(_ log: inout PacketLog) -> Int {
      let times = (0..<5).map { _ in
        let start = time()
        for _ in 0..<200 { log.append(batch) }
        return time() - start
      }
      return times.min() ?? 0
    }
    let before = shortest(&log)
    var many = TraceBatch(wall: 1, monotonic: 1)
    for _ in 0..<90_000 { many.packets.append(batch.packets[0]) }
    many.bytes = batch.bytes
    log.append(many)
    #expect(log.rowCount == 91_000)
    #expect(shortest(&log) < before * 5)
  }

  @Test mutating func `in a packet with a length that is longer than need be, the topic is where it is`() throws {
    var batch = TraceBatch(wall: 1, monotonic: 1)
    let words = "bytes 30 87 80 00 00 01 61 64 61 74 61".split(separator: " ")
    try Passing.add(words, isSent: false, version: .v3_1_1, to: &batch)
    log.append(batch)
    log.setFilter(PacketFilter("a !data"))
    #expect(log.rowCount == 1)
  }

  @Test mutating func `the filter finds by type, by topic and by identifier, now and as packets come`() throws {
    try pass("> publish q1 1 home/Hall x", "< puback 1", "> publish q1 2 home/kitchen y", "< puback 2", "> pingreq")
    func found(_ text: String) -> [UInt64] {
      log.setFilter(PacketFilter(text))
      return (0..<log.rowCount).compactMap { log.number(at: $0) }
    }
    #expect(found("puback") == [2, 4] && found("pub") == [1, 2, 3, 4] && found("PING") == [5])
    #expect(found("hall") == [1] && found("Hall") == [1] && found("HALL") == [])
    #expect(found("#2") == [3, 4] && found("2") == [3, 4])
    #expect(found("home !hall") == [3] && found("!pub") == [5] && found("nothing") == [])
    #expect(PacketFilter("  ") == nil)
    log.setFilter(PacketFilter("hall"))
    try pass("< publish 0 home/hall/lamp x", "< publish 0 home/x hall")
    #expect((0..<log.rowCount).compactMap { log.number(at: $0) } == [1, 6])
    log.setFilter(nil)
    #expect(log.rowCount == 7)
  }
}
