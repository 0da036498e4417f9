import MQTT
import Terminal

/// The columns of a packet taken apart, from the width alone: in little room the digits go first, and a value that does
/// not fit beside its name stands below it.
struct PacketDetailColumns {
  /// So many bytes of a field are shown as digits.
  let byteLimit: Int
  let bytesPerLine: Int
  /// Where names start.
  let nameColumn: Int
  /// Values stand below each other beside the names.
  let isBeside: Bool

  private static let nameColumns = 30

  init(columns: Int) {
    isBeside = columns >= 70
    byteLimit = columns >= 100 ? 8 : isBeside ? 4 : 0
    bytesPerLine = isBeside ? 16 : 8
    nameColumn = isBeside ? 7 + byteLimit * 3 + 3 : 5
  }

  /// Where the value of a field starts.
  func valueColumn(of field: PacketField) -> Int {
    let end = nameColumn + TextWidth.of(name(of: field)) + 2
    return isBeside ? max(end, nameColumn + Self.nameColumns) : end
  }

  /// Where a value goes on.
  var moreColumn: Int { isBeside ? nameColumn + Self.nameColumns : nameColumn + 2 }

  /// The name, moved to the right if it is of a part.
  func name(of field: PacketField) -> String { (field.kind == .part ? "  " : "") + field.name }
}
