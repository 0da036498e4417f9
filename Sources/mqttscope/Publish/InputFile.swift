import Glibc

/// Files read whole, up to a limit. A pipe is as good as a file here, as in `--file <(program)`.
enum InputFile {
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    return try read(descriptor, named: path, limit: limit)
  }

  /// Everything up to the end of an open file or pipe.
  static func read(_ descriptor: Int32, named name: String, limit: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while let more = try chunk(of: descriptor, named: name) {
      bytes += more
      guard bytes.count <= limit else { throw tooLarge(name, limit: limit) }
    }
    return bytes
  }

  /// What one `read` gives; nil at the end.
  static func chunk(of descriptor: Int32, named name: String) throws(Failure) -> ArraySlice<UInt8>? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count > 0 { return buffer[..<count] }
      if count == 0 { return nil }
      guard errno == EINTR else { throw unreadable(name) }
    }
  }

  static func tooLarge(_ name: String, limit: Int) -> Failure {
    .failed("\(name) has more than \(limit) bytes.")
  }

  private static func unreadable(_ name: String) -> Failure {
    .failed("\(name) cannot be read: \(String(cString: strerror(errno))).")
  }
}
