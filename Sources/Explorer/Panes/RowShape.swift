import Terminal
import TopicStore

/// The columns of one row of the tree.
enum RowShape {
  /// Deeper levels than this are not moved further to the right: the name has to stay on the screen.
  static let deepestIndent = 12

  /// Where the fold mark or badge stands.
  static func markColumn(of row: Row) -> Int {
    2 * min(row.depth, deepestIndent)
  }

  /// Where the name starts: behind the fold mark of a branch, and the badge of a value.
  static func nameColumn(of row: Row) -> Int {
    markColumn(of: row) + (row.hasChildren && row.hasValue ? 4 : 2)
  }

  static func nameWidth(of row: Row) -> Int {
    TextWidth.of(shownName(of: row))
  }

  /// Whether the name is none that could be seen, so that words stand for it.
  static func isStandIn(_ row: Row) -> Bool { row.name.utf8.allSatisfy { $0 == UInt8(ascii: " ") } }

  /// The name of a level; an empty one and one of spaces, which are levels of their own in MQTT, have to be seen too, and
  /// so have spaces that make one of two names that look alike.
  static func shownName(of row: Row) -> String {
    guard isStandIn(row) else { return TopicText.level(row.name) }
    switch row.name.utf8.count {
    case 0: return "(empty)"
    case 1: return "(space)"
    default: return "(\(Format.count(row.name.utf8.count)) spaces)"
    }
  }
}
