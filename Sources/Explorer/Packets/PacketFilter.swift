import MQTT
import MQTTClient
import NIOCore

/// What `/` looks for among packets: words, all of which have to be found.
///
/// A word is the beginning of a packet's type, a part of its topic or of its other texts, or its packet identifier;
/// with `!` in front it is what must not be found. Capitals count only if one was typed.
struct PacketFilter: Equatable, Sendable {
  private struct Word: Equatable {
    let isInverted: Bool
    let bytes: [UInt8]
    let isExact: Bool
    /// The types whose names begin with it, a bit each.
    let types: UInt16
    let id: UInt16?
  }

  private let words: [Word]

  /// A filter for what was typed; nil for nothing.
  init?(_ text: String) {
    words = text.split(separator: " ").compactMap(Self.word)
    guard !words.isEmpty else { return nil }
  }

  /// Whether an entry is shown.
  func matches(_ entry: PacketEntry) -> Bool {
    words.allSatisfy { Self.finds($0, entry) != $0.isInverted }
  }

  private static func word(_ text: Substring) -> Word? {
    let isInverted = text.first == "!"
    let word = isInverted ? text.dropFirst() : text
    guard !word.isEmpty else { return nil }
    let isExact = word.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let upper = word.uppercased()
    var types: UInt16 = 0
    for type in PacketType.allCases where type.description.hasPrefix(upper) { types |= 1 << UInt16(type.rawValue) }
    return Word(
      isInverted: isInverted, bytes: Array(word.utf8), isExact: isExact, types: types,
      id: UInt16(word.first == "#" ? word.dropFirst() : word))
  }

  private static func finds(_ word: Word, _ entry: PacketEntry) -> Bool {
    switch entry.content {
    case .note(let text): return text.utf8.span.bytes.contains(word.bytes, isExact: word.isExact)
    case .packet(let packet, let bytes):
      if let type = packet.type, word.types & 1 << UInt16(type.rawValue) != 0 { return true }
      if let id = word.id, packet.packetID == id, id != 0 { return true }
      let text = bytes.readableBytesSpan.extracting(textPlace(in: packet, bytes))
      return text.contains(word.bytes, isExact: word.isExact)
    }
  }

  /// Where the texts of a packet are: the topic of a message and not its payload, all but the header of others.
  private static func textPlace(in packet: TracedPacket, _ bytes: ByteBuffer) -> Range<Int> {
    let count = bytes.readableBytes
    let header = PacketAnatomy.headerSize(of: bytes.readableBytesSpan)
    guard packet.type == .publish, count >= header + 2,
      let size = bytes.getInteger(at: bytes.readerIndex + header, as: UInt16.self)
    else { return header..<count }
    return header + 2..<min(count, header + 2 + Int(size))
  }
}
