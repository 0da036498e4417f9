import Terminal

/// The columns of the list of packets, from the width alone. What a packet is and its topic stay until the last; the
/// others go in the order of how little they are missed, as each can be read when the packet is opened.
struct PacketColumns: Equatable {
  private(set) var time = 12
  private(set) var type = 12
  private(set) var id = 7
  private(set) var flags = 7
  private(set) var bytes = 8
  private(set) var answered = 9

  /// The thread of an exchange, and the arrow of the direction.
  static let gutter = 3
  static let arrow = 2
  /// Columns that the topic should have.
  private static let wanted = 16

  init(columns: Int) {
    let steps: [(WritableKeyPath<PacketColumns, Int>, Int)] = [
      (\.answered, 0), (\.bytes, 0), (\.type, 9), (\.time, 8), (\.flags, 0), (\.id, 0), (\.time, 0),
    ]
    for (column, width) in steps where columns - before - tail < Self.wanted { self[keyPath: column] = width }
  }

  /// Columns in front of the topic.
  var before: Int { time + Self.gutter + Self.arrow + type + id + flags }

  /// Columns behind it.
  var tail: Int { bytes + answered }
}
