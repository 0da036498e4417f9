import Glibc

/// A pipe by which one thread wakes another that polls its reading end.
package final class Wake: Sendable {
  package let fileDescriptor: Int32
  private let writingEnd: Int32

  package init() throws(AppError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .noDescriptor(String(cString: strerror(errno))) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    fileDescriptor = ends[0]
    writingEnd = ends[1]
  }

  deinit {
    close(fileDescriptor)
    close(writingEnd)
  }

  package func signal() {
    // A full pipe is readable already: nothing is lost when this fails.
    var byte: UInt8 = 1
    _ = write(writingEnd, &byte, 1)
  }

  package func clear() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(fileDescriptor, &bytes, bytes.count) == bytes.count {}
  }
}
