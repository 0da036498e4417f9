import CSQLite

/// A statement that is prepared once and run often.
final class Statement {
  private let handle: OpaquePointer
  private let database: Database

  init(_ handle: OpaquePointer, of database: Database) { (self.handle, self.database) = (handle, database) }

  deinit { sqlite3_finalize(handle) }

  /// A value of a parameter, or of none.
  enum Value {
    case none
    case number(Int)
    case text([UInt8])
    case bytes([UInt8])
  }

  /// Runs a statement that gives nothing back.
  func run(_ values: Value...) throws(DataError) {
    for (place, value) in values.enumerated() { try bind(value, at: Int32(place + 1)) }
    defer { reset() }
    _ = try step()
  }

  /// Goes on to the next row; whether there is one.
  func step() throws(DataError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.error
    }
  }

  /// Makes it ready for the next time.
  func reset() { sqlite3_reset(handle) }

  func isNone(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  func number(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  /// The bytes of a text or of a blob.
  func bytes(_ column: Int32) -> [UInt8] {
    // In this order: asking for the bytes may change what their number is
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    let size = Int(sqlite3_column_bytes(handle, column))
    return Array(UnsafeRawBufferPointer(start: start, count: size))
  }

  private func bind(_ value: Value, at place: Int32) throws(DataError) {
    let code =
      switch value {
      case .none: sqlite3_bind_null(handle, place)
      case .number(let number): sqlite3_bind_int64(handle, place, Int64(number))
      case .text(let text):
        text.withUnsafeBytes { bytes in
          mqttscope_sqlite_bind_text(
            handle, place, bytes.bindMemory(to: CChar.self).baseAddress, UInt64(bytes.count))
        }
      case .bytes(let blob):
        // Bytes without an address would be bound as NULL
        blob.isEmpty
          ? sqlite3_bind_zeroblob(handle, place, 0)
          : blob.withUnsafeBytes { mqttscope_sqlite_bind_blob(handle, place, $0.baseAddress, UInt64($0.count)) }
      }
    guard code == SQLITE_OK else { throw database.error }
  }
}
