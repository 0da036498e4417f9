import MQTT
import MQTTClient
import NIOCore
import Terminal

/// A packet taken apart: a line for each field, and below them its bytes.
struct PacketDetail: Equatable, Sendable {
  let number: UInt64
  let packet: TracedPacket
  let fields: [PacketField]
  let bytes: ByteBuffer
  private let secrets: [Range<Int>]

  static let bytesPerLine = 16

  /// Nil for what is no packet.
  init?(_ entry: PacketEntry) {
    guard case .packet(let packet, let bytes) = entry.content else { return nil }
    number = entry.number
    self.packet = packet
    self.bytes = bytes
    let anatomy = PacketAnatomy(bytes.readableBytesSpan, version: packet.version, from: packet.sender)
    fields = anatomy.fields
    secrets = anatomy.secrets
  }

  /// The fields, an empty line, and the lines of bytes.
  var lineCount: Int {
    fields.count + 1 + (bytes.readableBytes + Self.bytesPerLine - 1) / Self.bytesPerLine
  }

  /// The bytes of a field as digits, so many at most.
  func digits(of place: Range<Int>, limit: Int) -> String {
    let shown = place.prefix(limit)
    let text = shown.map(digits(at:)).joined(separator: " ")
    return shown.count < place.count ? text + " …" : text
  }

  /// A line of bytes: where it starts, its digits, its characters.
  func dump(_ line: Int) -> (offset: String, digits: String, text: String) {
    let start = line * Self.bytesPerLine
    let places = start..<min(start + Self.bytesPerLine, bytes.readableBytes)
    let offset = String(start, radix: 16)
    let padding = String(repeating: "0", count: max(0, 4 - offset.count))
    return (padding + offset, places.map(digits(at:)).joined(separator: " "), String(places.map(character(at:))))
  }

  private func digits(at offset: Int) -> String {
    guard !isSecret(offset) else { return "••" }
    let digits = String(byte(at: offset), radix: 16)
    return digits.count < 2 ? "0" + digits : digits
  }

  private func character(at offset: Int) -> Character {
    let byte = byte(at: offset)
    if isSecret(offset) { return "•" }
    return (0x20..<0x7F).contains(byte) ? Character(Unicode.Scalar(byte)) : "·"
  }

  private func isSecret(_ offset: Int) -> Bool { secrets.contains { $0.contains(offset) } }

  private func byte(at offset: Int) -> UInt8 {
    bytes.getInteger(at: bytes.readerIndex + offset) ?? 0
  }
}
