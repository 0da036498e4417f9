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

  /// The parts of a filter that is known to be valid; in 3.1.1 `$share` has no meaning of its own.
  init(_ filter: String, version: ProtocolVersion) {
    let bytes = Array(filter.utf8)
    let name = bytes.dropFirst(Self.prefix.count)
    if version == .v5, bytes.starts(with: Self.prefix), let end = name.firstIndex(of: UInt8(ascii: "/")) {
      share = Array(name[..<end])
      topics = Array(bytes[(end + 1)...])
    } else {
      share = []
      topics = bytes
    }
  }

  var isWildcard: Bool { topics.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") } }
}
