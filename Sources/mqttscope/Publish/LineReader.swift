import Glibc

/// The lines of standard input, one at a time and no further ahead than one read.
struct LineReader {
  /// The longest payload that MQTT can carry is a little below this.
  static let longestLine = 268_435_455

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var isAtEnd = false

  init(descriptor: Int32 = STDIN_FILENO) {
    self.descriptor = descriptor
  }

  /// Whether every line has been given out.
  var isFinished: Bool { isAtEnd && start == buffer.count }

  /// The next line without its newline, if it has been read whole; bytes after the last newline are a line too.
  mutating func next() -> ArraySlice<UInt8>? {
    if let newline = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      defer { (start, searched) = (newline + 1, newline + 1) }
      return buffer[start..<newline]
    }
    searched = buffer.count
    guard isAtEnd, start < buffer.count else { return nil }
    defer { start = buffer.count }
    return buffer[start...]
  }

  /// Reads once; blocks unless there is something to read.
  mutating func read() throws(Failure) {
    buffer.removeSubrange(..<start)
    searched -= start
    start = 0
    guard buffer.count <= Self.longestLine else { throw InputFile.tooLarge("A line", limit: Self.longestLine) }
    guard let more = try InputFile.chunk(of: descriptor, named: "Standard input") else {
      isAtEnd = true
      return
    }
    buffer += more
  }
}
