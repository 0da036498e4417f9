import Glibc

/// A pipe that wakes a thread that waits in `poll`; neither end ever blocks.
struct WakePipe: Sendable {
  let readEnd: Int32
  private let writeEnd: Int32

  init() throws(Failure) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .failed("No pipe can be made: \(String(cString: strerror(errno))).") }
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    (readEnd, writeEnd) = (ends[0], ends[1])
    Interruption.listen(waking: writeEnd)
  }

  /// Ends a wait, from any thread.
  func wake() {
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)  // a full pipe wakes just as well
  }

  /// Takes back what woke us.
  func clear() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(readEnd, &bytes, bytes.count) == bytes.count {}
  }

  func close() {
    Interruption.stopListening()
    _ = Glibc.close(readEnd)
    _ = Glibc.close(writeEnd)
  }
}
