/// What a run that publishes lines leaves to those that resume it: the topic, and a mark of the input's beginning, by which
/// another one is known.
struct InputRecord: Equatable {
  let topic: String
  /// The last request that was sent before the first line: the lines are numbered from the next one on.
  let base: UInt64
  /// For each of the first lines a number made from it and those before it.
  private(set) var marks: [UInt64] = []

  /// So many lines are marked.
  static let longest = 16
  /// Of a line so much counts.
  private static let longestPart = 4_096

  init(topic: String, after base: UInt64) {
    self.topic = topic
    self.base = base
  }

  /// What a line is to the input that was recorded.
  enum Line: Equatable {
    case same
    case other
    /// It was not recorded, and is now.
    case new
    /// It is too far behind the beginning.
    case unmarked
  }

  /// Compares a line, counted from 1, with what was recorded of it, or records it.
  mutating func take(_ line: some Collection<UInt8>, number: UInt64) -> Line {
    guard number >= 1, number <= UInt64(min(marks.count + 1, Self.longest)) else { return .unmarked }
    let index = Int(number) - 1
    let mark = Self.mark(line, after: index == 0 ? 0xCBF2_9CE4_8422_2325 : marks[index - 1])
    guard marks.indices.contains(index) else {
      marks.append(mark)
      return .new
    }
    return marks[index] == mark ? .same : .other
  }

  /// FNV-1a, going on from the line before.
  private static func mark(_ line: some Collection<UInt8>, after last: UInt64) -> UInt64 {
    func mix(_ mark: UInt64, _ byte: UInt8) -> UInt64 { (mark ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mix(line.prefix(longestPart).reduce(last, mix), UInt8(ascii: "\n"))
  }
}

/// As a file: a line that says what it is, the base, the marks, and the topic as the last, whatever is in it.
extension InputRecord {
  private static let head = "mqttscope publish --lines 1"
  /// More is no record.
  static let largestFile = 70_000

  var bytes: [UInt8] {
    let numbers = marks.map { " " + String($0, radix: 16) }.joined()
    return Array("\(Self.head)\nafter \(base)\nmarks\(numbers)\ntopic \(topic)".utf8)
  }

  /// Reads a record; nil for what is none.
  init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let lines = text.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
    guard lines.count == 4, lines[0] == Self.head, lines[1].hasPrefix("after "), lines[2].hasPrefix("marks"),
      lines[3].hasPrefix("topic "), let base = UInt64(lines[1].dropFirst(6))
    else { return nil }
    let words = lines[2].dropFirst(5).split(separator: " ")
    let marks = words.compactMap { UInt64($0, radix: 16) }
    guard marks.count == words.count, marks.count <= Self.longest else { return nil }
    self.init(topic: String(lines[3].dropFirst(6)), after: base)
    self.marks = marks
  }
}
