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
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var bytes = Array(line.readableBytesView)
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    _ = write(descriptor, bytes, bytes.count)
  }
}
