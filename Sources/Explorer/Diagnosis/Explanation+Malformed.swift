import MQTT
import MQTTClient

/// Bytes that are no packet, shown as evidence.
extension Explanation {
  mutating func explainMalformed(_ packet: MalformedPacket, _ known: Circumstances) {
    why = ["Behind a malformed packet nothing can be read any more, so we closed the connection."]
    if !known.lastBytes.isEmpty { why.append("It sent: \(Self.shown(known.lastBytes))") }
    tries = [
      "L shows the packets that led to it; w there saves them for a report to the broker's makers.",
      "The other version may work: --protocol 3.1.1 or --protocol 5.",
    ]
  }

  private static let shownBytes = 24

  /// Bytes as text where they are text, and as digits where not.
  private static func shown(_ bytes: [UInt8]) -> String {
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let isText = line.count > 3 && line.allSatisfy { (0x20..<0x7F).contains($0) }
    guard !isText else { return "“\(String(decoding: line.prefix(64), as: UTF8.self))”" }
    let more = bytes.count > shownBytes ? " …" : ""
    return Format.hexadecimal(Array(bytes.prefix(shownBytes)), bytesPerLine: .max) + more
  }
}
