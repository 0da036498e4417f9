#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a session cannot be kept in its file; the connection goes on without it.
public enum JournalError: Error, Equatable, Sendable {
  /// The system does not let us; `doing` is a participle such as `written`.
  case failed(path: String, doing: String, code: Int32)
  /// Another program has the file.
  case inUse(path: String)
  /// The file is something else, and is left as it is.
  case notAJournal(path: String)
  /// More is under way than the file may hold, in bytes.
  case full(path: String, limit: Int)
}

extension JournalError: CustomStringConvertible {
  /// A sentence that says what is lost and what to do.
  public var description: String {
    let loss = "What is under way will not survive the end of the program."
    return switch self {
    case .failed(let path, let doing, let code):
      "The session's file \(path) cannot be \(doing): \(String(cString: strerror(code))). \(loss)"
    case .inUse(let path):
      "Another program uses the session's file \(path), and so the same client identifier: give this one another."
    case .notAJournal(let path): "\(path) is not a file of a session and is left as it is. \(loss)"
    case .full(let path, let limit): "The session's file \(path) would have more than \(limit >> 20) MiB. \(loss)"
    }
  }
}
