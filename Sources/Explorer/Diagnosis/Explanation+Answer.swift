import MQTT
import MQTTClient

/// What answered in the broker's place, as its first bytes tell.
extension Explanation {
  mutating func explainMalformed(_ packet: MalformedPacket, _ known: Circumstances) {
    why = ["Behind a malformed packet nothing can be read any more, so we closed the connection."]
    if !known.lastBytes.isEmpty { why.append("It sent: \(Self.shown(known.lastBytes))") }
    let text = String(decoding: known.lastBytes.prefix(64), as: UTF8.self)
    let (first, second) = (known.lastBytes.first, known.lastBytes.dropFirst().first)
    if text.hasPrefix("HTTP/") {
      why.append("That is HTTP: a web server answers on this port.")
      tries = [
        "Is it the broker's WebSocket port? Use ws://, with the path, often /mqtt.",
        "MQTT itself is usually on port 1883.",
      ]
    } else if second == 3, let first, (0x14...0x17).contains(first) {
      why.append("That is TLS: the port speaks it, and we spoke without.")
      tries = ["Use mqtts:// for this port.", "MQTT without TLS is usually on port 1883."]
    } else if text.hasPrefix("SSH-") || text.hasPrefix("220 ") || text.hasPrefix("RFB ") || text.hasPrefix("AMQP") {
      why.append("That is the greeting of another protocol.")
      tries = ["Is it the right port? MQTT is usually on port 1883."]
    } else {
      tries = [
        "L shows the packets that led to it; w there saves them for a report to the broker's makers.",
        "The other version may work: --protocol 3.1.1 or --protocol 5.",
      ]
    }
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
