import CSQLite

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A connection to a database in a file. It and its statements live on one thread.
final class Database {
  let path: String
  private let handle: OpaquePointer

  /// How long another program that writes is waited for.
  private static let patience: Int32 = 500  // milliseconds, in which nobody is served

  /// Opens a file that is there.
  init(_ path: String) throws(DataError) {
    self.path = path
    var opened: OpaquePointer?
    // One thread uses it, so no lock of SQLite's is needed
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw DataError(code, "it cannot be opened", path: path)
    }
    handle = opened
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, Self.patience)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that give nothing back.
  func run(_ sql: String) throws(DataError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error }
  }

  /// The first number that a statement gives.
  func number(_ sql: String) throws(DataError) -> Int {
    let statement = try prepare(sql)
    return try statement.step() ? statement.number(0) : 0
  }

  /// The first text that a statement gives.
  func text(_ sql: String) throws(DataError) -> String {
    let statement = try prepare(sql)
    return try statement.step() ? String(decoding: statement.bytes(0), as: UTF8.self) : ""
  }

  func prepare(_ sql: String) throws(DataError) -> Statement {
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil) == SQLITE_OK,
      let prepared
    else { throw error }
    return Statement(prepared, of: self)
  }

  /// Whether a transaction is under way: some errors end it.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// What went wrong last.
  var error: DataError {
    // At the end of a transaction SQLite does not note it; nothing that succeeds changes it
    let code = sqlite3_system_errno(handle) == 0 ? errno : sqlite3_system_errno(handle)
    if sqlite3_errcode(handle) & 0xFF == SQLITE_IOERR, code != 0 {
      // A bound on the size of files, or on what a user may have, is an error of its own and as good as a full disk
      return [ENOSPC, EDQUOT, EFBIG].contains(code)
        ? .full(path: path) : .failed(path: path, detail: String(cString: strerror(code)))
    }
    return DataError(sqlite3_errcode(handle), String(cString: sqlite3_errmsg(handle)), path: path)
  }
}

extension DataError {
  fileprivate init(_ code: Int32, _ detail: String, path: String) {
    switch code & 0xFF {
    case SQLITE_NOTADB: self = .foreign(path: path)
    case SQLITE_CORRUPT: self = .damaged(path: path, detail: detail)
    case SQLITE_FULL: self = .full(path: path)
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy(path: path)
    default: self = .failed(path: path, detail: detail)
    }
  }
}
