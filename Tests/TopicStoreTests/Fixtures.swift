import TestSupport
import TopicStore

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
