import Glibc

/// Why a file could not be used.
package enum FileError: Error, Equatable, CustomStringConvertible {
  case failed(path: String, doing: String, code: Int32)
  case notRegular(path: String)
  case tooLarge(path: String, limit: Int)

  package var description: String {
    switch self {
    case .failed(let path, let doing, let code): "\(path) cannot be \(doing): \(String(cString: strerror(code)))."
    case .notRegular(let path): "\(path) is not a regular file."
    case .tooLarge(let path, let limit): "\(path) has more than \(Format.count(limit)) bytes."
    }
  }

  var isMissingFile: Bool {
    if case .failed(_, _, ENOENT) = self { true } else { false }
  }
}
