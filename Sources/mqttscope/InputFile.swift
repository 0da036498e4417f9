import Glibc

/// Why a file or standard input could not be read.
enum InputError: Error, Equatable, CustomStringConvertible {
  case system(path: String, message: String)
  case tooLarge(path: String, limit: Int)

  var description: String {
    switch self {
    case .system(let path, let message): "\(path) cannot be read: \(message)."
    case .tooLarge(let path, let limit): "\(path) has more than \(limit) bytes."
    }
  }
}

/// Files read whole, up to a limit.
enum InputFile {
  static func read(_ path: String, limit: Int) throws(InputError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(path: path, message: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    return try read(descriptor, named: path, limit: limit)
  }

  /// Everything up to the end of an open file or pipe.
  static func read(_ descriptor: Int32, named name: String, limit: Int) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let more = try chunk(of: descriptor, named: name) {
      bytes += more
      guard bytes.count <= limit else { throw .tooLarge(path: name, limit: limit) }
    }
    return bytes
  }

  /// What one `read` gives; nil at the end.
  static func chunk(of descriptor: Int32, named name: String) throws(InputError) -> ArraySlice<UInt8>? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count > 0 { return buffer[..<count] }
      if count == 0 { return nil }
      guard errno == EINTR else { throw .system(path: name, message: String(cString: strerror(errno))) }
    }
  }
}
