import MQTT
import MQTTClient
import NIOCore
import Terminal

/// An entry as lines of a file.
extension PacketEntry {
  /// The entry in one line, without its time.
  var line: String {
    switch content {
    case .note(let note): Self.line(ofNote: note)
    case .packet(let packet, let bytes): PacketSummary(packet, bytes).line(packet, link)
    }
  }

  /// What happened to the connection in one line, which does nothing to a terminal whatever the broker gave as its reason.
  static func line(ofNote text: String) -> String { "· \(Sanitiser.visible(text))" }

  /// Writes the bytes of a packet that are kept as digits, some on each line, and how many are not.
  func writeBytes(to text: inout [UInt8]) {
    guard let packet else { return }
    let digits = Format.hexadecimal(Array(bytes.readableBytesView), bytesPerLine: 32)
    for line in digits.utf8.split(separator: .newline) {
      text += "    ".utf8
      text += line
      text.append(.newline)
    }
    let missing = packet.size - packet.keptSize
    if missing > 0 { text += "    … \(Format.count(missing)) more were not kept\n".utf8 }
  }
}
