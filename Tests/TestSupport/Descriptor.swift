import Glibc

/// A file descriptor that is closed with its last owner.
package final class Descriptor {
  package private(set) var number: Int32

  package init(_ number: Int32) {
    self.number = number
  }

  deinit { close() }

  package func close() {
    guard number >= 0 else { return }
    _ = Glibc.close(number)
    number = -1
  }

  /// Two ends of a pipe; children are given no descriptor beyond the third.
  static func pipe() throws(TestSupportError) -> (reading: Descriptor, writing: Descriptor) {
    var ends: [Int32] = [-1, -1]
    _ = try TestSupportError.check(Glibc.pipe(&ends), "pipe")
    return (Descriptor(ends[0]), Descriptor(ends[1]))
  }

  func makeNonBlocking() throws(TestSupportError) {
    let flags = try TestSupportError.check(fcntl(number, F_GETFL), "fcntl")
    _ = try TestSupportError.check(fcntl(number, F_SETFL, flags | O_NONBLOCK), "fcntl")
  }

  /// Waits until the descriptor is ready for `events` and says whether it is.
  func wait(for events: Int32, milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: number, events: Int16(events), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// What can be read at once: nil at the end of the stream, empty when there is nothing yet.
  func readAvailable() throws(TestSupportError) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = read(number, &bytes, bytes.count)
    if count > 0 { return Array(bytes[..<count]) }
    if count == 0 || errno == EIO || errno == ECONNRESET { return nil }  // EIO: the last terminal user has gone
    if errno == EAGAIN || errno == EINTR { return [] }
    throw .system("read")
  }

  /// Writes what is taken at once and returns the rest; nil when nobody reads any more.
  func writeAvailable(_ bytes: ArraySlice<UInt8>) throws(TestSupportError) -> ArraySlice<UInt8>? {
    if bytes.isEmpty { return bytes }
    let count = bytes.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
    if count >= 0 { return bytes.dropFirst(count) }
    if errno == EAGAIN || errno == EINTR { return bytes }
    if errno == EPIPE || errno == EIO || errno == ECONNRESET { return nil }
    throw .system("write")
  }
}
