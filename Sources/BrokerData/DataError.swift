#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a broker cannot keep anything in a folder.
public enum DataError: Error, Equatable, Sendable {
  /// The system does not let us make or write what is in the folder.
  case folder(path: String, code: Int32)
  /// Another broker has the folder.
  case inUse(path: String)
  /// The file is no database, or one of something else; it is left as it is.
  case foreign(path: String)
  /// The file is of a later version of the program.
  case newer(path: String, version: Int)
  /// The file is a broker's and damaged; `detail` says where.
  case damaged(path: String, detail: String)
  /// There is no room on the disk, or no more is allowed.
  case full(path: String)
  /// Another program writes to the database and does not end.
  case busy(path: String)
  /// It was deleted while it was in use.
  case gone(path: String)
  /// Anything else, in the words of SQLite.
  case failed(path: String, detail: String)
}

extension DataError: CustomStringConvertible {
  /// A sentence that says what to do.
  public var description: String {
    switch self {
    case .folder(let path, let code):
      "\(path) cannot be made or written (\(String(cString: strerror(code)))): name a folder of yours with --data."
    case .inUse(let path): "Another broker keeps its data in \(path): end it, or name another folder with --data."
    case .foreign(let path):
      "\(path) is no database of this broker and is left as it is: move it away, or name another folder with --data."
    case .newer(let path, let version):
      "\(path) was written by a newer mqttscope (version \(version) of the database): use that one, or another folder."
    case .damaged(let path, let detail):
      "\(path) is damaged (\(detail)): put back a copy of it, or move it away to begin with nothing."
    case .full(let path): "There is no room for \(path): free some space on its disk."
    case .busy(let path): "Another program is writing to \(path) and does not come to an end: close it."
    case .gone(let path): "\(path) was deleted or moved away while the broker ran."
    case .failed(let path, let detail): "\(path) cannot be used: \(detail)."
    }
  }
}
