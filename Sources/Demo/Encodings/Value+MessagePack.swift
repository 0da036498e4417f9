extension Value {
  /// The MessagePack specification of 2017: https://github.com/msgpack/msgpack/blob/master/spec.md
  var messagePack: [UInt8] {
    switch self {
    case .map(let pairs):
      Self.head(pairs.count, short: (0x80, 16), [(2, 0xde), (4, 0xdf)])
        + pairs.flatMap { Value.text($0.name).messagePack + $0.value.messagePack }
    case .list(let values):
      Self.head(values.count, short: (0x90, 16), [(2, 0xdc), (4, 0xdd)]) + values.flatMap(\.messagePack)
    case .text(let text):
      Self.head(text.utf8.count, short: (0xa0, 32), [(1, 0xd9), (2, 0xda), (4, 0xdb)]) + text.utf8
    case .bytes(let bytes): Self.head(bytes.count, short: nil, [(1, 0xc4), (2, 0xc5), (4, 0xc6)]) + bytes
    case .integer(let number):
      (-32..<128).contains(number)
        ? [UInt8(truncatingIfNeeded: number)] : [0xd3] + Int64(number).bigEndianBytes
    case .number(let number): [0xcb] + number.bitPattern.bigEndianBytes
    case .flag(let flag): [flag ? 0xc3 : 0xc2]
    }
  }

  /// What stands before so many items: one byte for few, else the first form whose size field holds the count.
  private static func head(
    _ count: Int, short: (first: UInt8, limit: Int)?, _ forms: [(size: Int, first: UInt8)]
  ) -> [UInt8] {
    if let short, count < short.limit { return [short.first | UInt8(count)] }
    let form = forms.first { count < 1 << (8 * $0.size) } ?? (4, forms[forms.count - 1].first)
    return [form.first] + UInt32(clamping: count).bigEndianBytes.suffix(form.size)
  }
}
