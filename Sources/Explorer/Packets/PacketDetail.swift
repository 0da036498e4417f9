import MQTT
import MQTTClient
import NIOCore
import Terminal

/// An entry opened: a packet with a line for each field and below them its bytes, a word about the connection whole.
struct PacketDetail: Equatable, Sendable {
  /// What the lines depend on beside the entry.
  struct Shape: Equatable, Sendable {
    /// As wide as the lines may be.
    var columns: Int
    /// The broker owes an answer for longer than brokers take.
    var isUnanswered = false
  }

  /// What stands on a line.
  enum Line: Equatable, Sendable {
    /// A field by its place among the fields, and as much of its value as fits beside its name.
    case field(Int, value: String)
    /// More of the value of the field above.
    case more(Int, value: String)
    /// Words about the connection.
    case words(String)
    /// Words that the person should not miss.
    case warning(String)
    case blank
    /// So many lines of bytes stand above.
    case bytes(Int)
  }

  let number: UInt64
  let shape: Shape
  /// The packet; nil for a word about the connection.
  let packet: TracedPacket?
  let fields: [PacketField]
  let bytes: ByteBuffer
  private(set) var lines: [Line] = []
  private let secrets: [Range<Int>]

  init(_ entry: PacketEntry, _ shape: Shape) {
    number = entry.number
    self.shape = shape
    packet = entry.packet
    bytes = entry.bytes
    switch entry.content {
    case .note(let text):
      (fields, secrets) = ([], [])
      lines = Words.filled(text, columns: max(1, shape.columns - 2)).map(Line.words)
    case .packet(let packet, let bytes):
      let anatomy = PacketAnatomy(bytes.readableBytesSpan, version: packet.version, from: packet.sender)
      (fields, secrets) = (anatomy.fields, anatomy.secrets)
      if shape.isUnanswered { lines = Unanswered(entry).map { Self.lines(of: $0, shape) } ?? [] }
      lines += fields.indices.flatMap { Self.lines(of: $0, fields[$0], columns(), columns: shape.columns) } + [.blank]
      let count = (bytes.readableBytes + columns().bytesPerLine - 1) / columns().bytesPerLine
      lines += (0..<count).map(Line.bytes)
    }
  }

  var lineCount: Int { lines.count }

  /// The columns of the lines.
  func columns() -> PacketDetailColumns { PacketDetailColumns(columns: shape.columns) }

  private static func lines(of unanswered: Unanswered, _ shape: Shape) -> [Line] {
    Words.filled(unanswered.sentences, columns: max(1, shape.columns - 2)).map(Line.warning) + [.blank]
  }

  /// A value that does not fit beside its name goes on in the lines below, so that nothing of it is cut.
  private static func lines(
    of index: Int, _ field: PacketField, _ shape: PacketDetailColumns, columns: Int
  ) -> [Line] {
    let room = columns - shape.valueColumn(of: field)
    if TextWidth.of(field.value) <= room { return [.field(index, value: field.value)] }
    let parts = Words.filled(field.value, columns: max(8, columns - shape.moreColumn))
    guard shape.isBeside else { return [.field(index, value: "")] + parts.map { .more(index, value: $0) } }
    return [.field(index, value: parts[0])] + parts.dropFirst().map { .more(index, value: $0) }
  }
}

/// The bytes of a packet as they are shown.
extension PacketDetail {
  /// The bytes of a field as digits, so many at most.
  func digits(of place: Range<Int>, limit: Int) -> String {
    let shown = place.prefix(limit)
    let text = shown.map(digits(at:)).joined(separator: " ")
    return shown.count < place.count ? text + " …" : text
  }

  /// A line of bytes: where it starts, its digits, its characters.
  func dump(_ line: Int) -> (offset: String, digits: String, text: String) {
    let count = columns().bytesPerLine
    let places = line * count..<min((line + 1) * count, bytes.readableBytes)
    let offset = String(line * count, radix: 16)
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
