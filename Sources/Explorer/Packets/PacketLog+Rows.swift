import MQTTClient
import NIOCore

/// The entries as rows, from the oldest: all of them, or those that the filter finds.
extension PacketLog {
  /// Entries that are kept, filtered or not.
  var count: Int { remembered.count + kept }

  /// The packets among them; the others are words about the connection.
  var packetCount: Int { count - noteCount }

  /// Rows there are.
  var rowCount: Int { matching.map { $0.remembered.count + $0.numbers.count } ?? count }

  /// The number of the entry on a row.
  func number(at row: Int) -> UInt64? {
    guard row >= 0, row < rowCount else { return nil }
    if let matching {
      let old = matching.remembered.count
      return row < old ? matching.remembered[offset: row] : matching.numbers[offset: row - old]
    }
    return row < remembered.count
      ? remembered[offset: row].first : segments.first.map { $0.first + UInt64(row - remembered.count) }
  }

  /// The row of an entry, or of the next one that is still there; the count of rows behind the last.
  func row(of number: UInt64) -> Int {
    var (low, high) = (0, rowCount)
    while low < high {
      let middle = (low + high) / 2
      if let other = self.number(at: middle), other < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
