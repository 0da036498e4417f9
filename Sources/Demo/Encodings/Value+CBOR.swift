extension Value {
  /// RFC 8949, with definite lengths.
  var cbor: [UInt8] {
    switch self {
    case .map(let pairs):
      Self.head(5, pairs.count) + pairs.flatMap { Value.text($0.name).cbor + $0.value.cbor }
    case .list(let values): Self.head(4, values.count) + values.flatMap(\.cbor)
    case .text(let text): Self.head(3, text.utf8.count) + text.utf8
    case .bytes(let bytes): Self.head(2, bytes.count) + bytes
    case .integer(let number): number >= 0 ? Self.head(0, number) : Self.head(1, -1 - number)
    case .number(let number): [0xfb] + number.bitPattern.bigEndianBytes
    case .flag(let flag): [flag ? 0xf5 : 0xf4]
    }
  }

  /// A major type with its argument in as few bytes as it needs.
  private static func head(_ type: UInt8, _ argument: Int) -> [UInt8] {
    let first = type << 5
    switch argument {
    case ..<24: return [first | UInt8(argument)]
    case ..<256: return [first | 24, UInt8(argument)]
    case ..<65_536: return [first | 25] + UInt16(argument).bigEndianBytes
    case ..<4_294_967_296: return [first | 26] + UInt32(argument).bigEndianBytes
    default: return [first | 27] + UInt64(argument).bigEndianBytes
    }
  }
}

extension FixedWidthInteger {
  /// The bytes, the most significant first.
  var bigEndianBytes: [UInt8] {
    (0..<Self.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
  }

  /// The bytes, the least significant first.
  var littleEndianBytes: [UInt8] { bigEndianBytes.reversed() }
}
