import Glibc

/// Standard output, written whole and in order.
enum StandardOutput {
  /// Writes all bytes; blocks as long as the reader is slow, and ends the command quietly when there is none.
  static func write(_ bytes: [UInt8]) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EPIPE: throw .outputClosed
      case EINTR: if let signal = Interruption.signal { throw .interrupted(signal: signal) }
      case EAGAIN:
        var entry = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, -1)
      default: throw .failed("Standard output cannot be written: \(String(cString: strerror(errno))).")
      }
    }
  }
}
