#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import NIOCore

/// The file of `SSLKEYLOGFILE`: a line for each secret of TLS, by which Wireshark reads what was recorded.
enum KeyLog {
  /// Adds a line; a file that cannot be written is no reason not to connect.
  static func append(_ line: ByteBuffer, to path: String) {
    let descriptor = opened(path)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var bytes = Array(line.readableBytesView)
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    _ = write(descriptor, bytes, bytes.count)
  }

  private static func opened(_ path: String) -> Int32 {
    open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
  }

  /// Why nothing can be added to the file; nil if it can.
  static func problem(of path: String) -> String? {
    let descriptor = opened(path)
    guard descriptor < 0 else {
      close(descriptor)
      return nil
    }
    return String(cString: strerror(errno))
  }
}

extension Configuration {
  /// A sentence for who set SSLKEYLOGFILE to a file that cannot be written; nil if all is well.
  public var keyLogWarning: String? {
    guard endpoint.isSecure, let path = tls.keyLog, let problem = KeyLog.problem(of: path) else { return nil }
    return "The secrets of TLS are not recorded: SSLKEYLOGFILE names \(path), which cannot be written: \(problem)."
  }
}
