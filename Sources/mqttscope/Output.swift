import Glibc

/// A descriptor that takes bytes whole and in order.
struct Output {
  let descriptor: Int32
  /// What people call it.
  let name: String

  static let standard = Output(descriptor: STDOUT_FILENO, name: "Standard output")

  /// Writes all bytes; blocks as long as the reader is slow, and ends the command quietly when there is none.
  func write(_ bytes: [UInt8]) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EPIPE: throw .outputClosed
      case EINTR: if let signal = Interruption.signal { throw .interrupted(signal: signal) }
      case EAGAIN:
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, -1)
      default: throw .failed("\(name) cannot be written: \(String(cString: strerror(errno))).")
      }
    }
  }
}
