import MQTT

/// A filter as the tree takes it: the name of the share apart.
struct FilterKey: Hashable, Sendable {
  /// The name of the share; empty for a subscription of one's own.
  let share: [UInt8]
  /// What topics are compared with.
  let topics: [UInt8]

  private static let prefix = Array("$share/".utf8)

  /// A filter of its parts.
  init(share: [UInt8], topics: [UInt8]) { (self.share, self.topics) = (share, topics) }

  /// The parts of a filter. It is known to be valid in 5.0; 3.1.1 does not know `$share`, but brokers share there too, and of
  /// what would not be valid in 5.0 it is a filter like any other.
  init(_ filter: String) {
    let bytes = Array(filter.utf8)
    let name = bytes.dropFirst(Self.prefix.count)
    let end = name.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") }
    if bytes.starts(with: Self.prefix), let end, end > name.startIndex, bytes[end] == UInt8(ascii: "/"),
      end + 1 < bytes.endIndex
    {
      share = Array(name[..<end])
      topics = Array(bytes[(end + 1)...])
    } else {
      share = []
      topics = bytes
    }
  }

  var isWildcard: Bool { topics.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") } }
}
