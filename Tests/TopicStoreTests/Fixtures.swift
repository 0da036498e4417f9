import TopicStore

/// Random numbers that a printed seed brings back.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }
}

extension TopicStore {
  /// Appends a message given as text.
  mutating func append(
    _ topic: String, _ payload: String = "", properties: [UInt8] = [], flags: MessageFlags = [], at time: Int64 = 0
  ) {
    append(Array(topic.utf8), Array(payload.utf8), properties: properties, flags: flags, at: time)
  }

  mutating func append(
    _ topic: [UInt8], _ payload: [UInt8], properties: [UInt8] = [], flags: MessageFlags = [], at time: Int64 = 0
  ) {
    append(
      topic: topic.span.bytes, payload: payload.span.bytes, properties: properties.span.bytes, flags: flags, at: time)
  }

  func find(_ path: String) -> TopicID? {
    find(Array(path.utf8))
  }

  /// The names of all rows, indented by their depth.
  var outline: [String] {
    rows(in: 0..<rowCount).map { String(repeating: " ", count: $0.depth) + $0.name }
  }

  var outlineRates: [Double] { rows(in: 0..<rowCount).map(\.ratePerSecond) }

  mutating func filterNow(_ typed: String) {
    setFilter(Filter(typed: typed))
    while !continueFiltering() {}
  }
}

/// One second in the unit of times.
let second: Int64 = 1_000_000_000
