import Glibc

/// A pipe by which any thread, or a signal handler, wakes another one that polls; neither end ever blocks.
public final class Wake: Sendable {
  /// Becomes readable when `signal` was called.
  public let fileDescriptor: Int32
  /// A byte written here does what `signal` does: for a signal handler, which may call nothing else.
  public let writingEnd: Int32

  /// Opens the pipe.
  public init() throws(ScreenError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .noDescriptor(reason: String(cString: strerror(errno))) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (fileDescriptor, writingEnd) = (ends[0], ends[1])
  }

  deinit {
    close(fileDescriptor)
    close(writingEnd)
  }

  /// Ends a wait, or the next one.
  public func signal() {
    // A full pipe is readable already: nothing is lost when this fails.
    var byte: UInt8 = 1
    _ = write(writingEnd, &byte, 1)
  }

  /// Takes back what woke us.
  public func clear() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(fileDescriptor, &bytes, bytes.count) == bytes.count {}
  }
}
