import Glibc
import MQTT
import TestSupport
import Testing

/// The built-in broker and mosquitto, told the same. `MQTTSCOPE_DIFFERENCES=1` prints where they differ in words.
struct DifferenceTests {
  private static let isTold = getenv("MQTTSCOPE_DIFFERENCES") != nil

  @Test func `whatever mosquitto closes for, the built-in broker closes for, and it never says less`() throws {
    let brokers = try BothBrokers()
    for malformed in Malformed.all where malformed.sender == .client {
      let isConnect = malformed.bytes.first.map { $0 >> 4 } == PacketType.connect.rawValue
      let connect = [UInt8](
        written: malformed.version == .v5
          ? "10 0E 0004 'MQTT' 05 02 003C 00 0001 'a'" : "10 0D 0004 'MQTT' 04 02 003C 0001 'a'")
      let (ours, theirs) = try brokers.answers(to: malformed.bytes, behind: isConnect ? nil : connect)
      if Self.isTold, ours != theirs { print("\(malformed): \(ours) | mosquitto: \(theirs)") }
      #expect(ours.isClosed || !theirs.isClosed, "\(malformed): \(ours), but mosquitto \(theirs)")
      #expect(ours.packets.count >= theirs.packets.count || !theirs.isClosed, "\(malformed): \(ours), \(theirs)")
    }
  }

  private static let a = "10 0E 0004 'MQTT' 05 02 003C 00 0001 'a'"
  private static let b = "10 0E 0004 'MQTT' 05 02 003C 00 0001 'b'"
  private static let kept = "10 13 0004 'MQTT' 05 00 003C 05 11 00000064 0001 'k'"
  private static let older = "10 0D 0004 'MQTT' 04 02 003C 0001 'a'"
  private static let olderKept = "10 0D 0004 'MQTT' 04 00 003C 0001 'k'"

  @Test(arguments: [
    // Each QoS to oneself; 3.1.1 and 5.0
    [
      "1 \(a)", "1 82 07 0001 00 0001 't' 02", "1 30 05 0001 't' 00 'x'", "1 32 07 0001 't' 0001 00 'x'",
      "1 40 02 0001",
    ],
    [
      "1 \(a)", "1 82 07 0001 00 0001 't' 02", "1 34 07 0001 't' 0001 00 'x'", "1 62 02 0001", "1 50 02 0001",
      "1 70 02 0001",
    ],
    ["1 \(older)", "1 82 06 0001 0001 't' 02", "1 30 04 0001 't' 'x'", "1 32 06 0001 't' 0007 'x'", "1 40 02 0001"],
    [
      "1 \(older)", "1 82 06 0001 0001 't' 01", "1 34 06 0001 't' 0007 'x'", "1 34 06 0001 't' 0007 'x'",
      "1 62 02 0007",
    ],
    // QoS is lowered; who has no subscriber is told
    ["1 \(a)", "1 82 07 0001 00 0001 't' 00", "1 32 07 0001 't' 0001 00 'x'", "1 32 07 0001 'u' 0002 00 'x'"],
    // Retained: kept, replaced, handled, deleted
    [
      "1 \(a)", "1 31 06 0002 'r1' 00 'x'", "1 31 06 0002 'r1' 00 'y'", "2 \(b)", "2 82 08 0001 00 0002 'r1' 00",
      "1 31 05 0002 'r1' 00", "2 82 08 0002 00 0002 'r1' 00",
    ],
    [
      "1 \(a)", "1 31 06 0002 'r2' 00 'x'", "2 \(b)", "2 82 08 0001 00 0002 'r2' 10", "2 82 08 0002 00 0002 'r2' 10",
      "2 82 08 0003 00 0002 'r2' 20", "2 82 08 0004 00 0002 'r2' 00", "1 31 05 0002 'r2' 00",
    ],
    // Retain as published, no local, identifiers
    ["1 \(a)", "1 82 07 0001 00 0001 't' 08", "1 31 05 0001 't' 00 'x'", "1 31 04 0001 't' 00"],
    ["1 \(a)", "1 82 07 0001 00 0001 't' 04", "1 30 05 0001 't' 00 'x'", "2 \(b)", "2 30 05 0001 't' 00 'x'"],
    [
      "1 \(a)", "1 82 09 0001 02 0B07 0001 't' 00", "1 30 05 0001 't' 00 'x'", "1 82 07 0002 00 0001 't' 00",
      "1 30 05 0001 't' 00 'x'",
    ],
    // Properties go on, aliases do not
    ["1 \(a)", "1 82 07 0001 00 0001 't' 00", "1 30 12 0001 't' 0D 2600016B000176 0800017A 0101 'x'"],
    [
      "1 \(a)", "1 82 07 0001 00 0001 't' 00", "1 30 08 0001 't' 03 230003 'x'", "1 30 07 0000 03 230003 'y'",
      "1 30 07 0000 03 230004 'y'",
    ],
    // Ends of subscriptions
    ["1 \(a)", "1 82 07 0001 00 0001 't' 00", "1 A2 09 0002 00 0001 't' 0001 'u'", "1 30 05 0001 't' 00 'x'"],
    ["1 \(older)", "1 82 06 0001 0001 't' 00", "1 A2 05 0002 0001 't'", "1 30 04 0001 't' 'x'"],
    // A session that waits: in order, with DUP where it was sent, PUBREL where it was released
    [
      "1 \(kept)", "1 82 07 0001 00 0001 't' 02", "1 lost", "2 \(b)", "2 32 07 0001 't' 0001 00 'x'",
      "2 30 05 0001 't' 00 'y'", "1 \(kept)", "1 lost", "1 \(kept)", "1 40 02 0001",
    ],
    [
      "1 \(olderKept)", "1 82 06 0001 0001 'q' 02", "2 \(b)", "2 34 07 0001 'q' 0001 00 'x'", "2 62 02 0001",
      "1 50 02 0001", "1 lost", "1 \(olderKept)", "1 70 02 0001", "1 lost", "1 \(older)",
    ],
    // Wills, take-over
    [
      "2 \(b)", "2 82 07 0001 00 0001 'w' 00", "1 10 16 0004 'MQTT' 05 06 003C 00 0001 'a' 00 0001 'w' 0002 'by'",
      "1 lost",
    ],
    [
      "2 \(b)", "2 82 07 0001 00 0001 'w' 00", "1 10 16 0004 'MQTT' 05 06 003C 00 0001 'a' 00 0001 'w' 0002 'by'",
      "1 E0 00",
    ],
    [
      "2 \(b)", "2 82 07 0001 00 0001 'w' 00", "1 10 16 0004 'MQTT' 05 06 003C 00 0001 'a' 00 0001 'w' 0002 'by'",
      "1 E0 01 04",
    ],
    ["1 \(older)", "2 \(older)", "1 \(older)"],
    // Answers to nothing; what may be said once; what may not be said
    ["1 \(a)", "1 40 02 0009"], ["1 \(a)", "1 70 02 0009"], ["1 \(older)", "1 \(older)"],
    ["1 \(older)", "1 62 02 0009"],
    ["1 30 05 0001 't' 00 'x'"],
    ["1 \(a)", "1 82 10 0001 00 000A '$share/s/t' 00", "1 30 05 0001 't' 00 'x'"],
  ])
  func `a conversation goes with the built-in broker as it goes with mosquitto`(lines: [String]) throws {
    let (ours, theirs) = try BothBrokers().play(lines)
    #expect(ours == theirs)
  }
}
