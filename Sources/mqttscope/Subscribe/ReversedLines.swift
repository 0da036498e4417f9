import Glibc

/// The lines of a file from its last to its first; only what is asked for is read.
struct ReversedLines {
  private let file: Output
  /// How many bytes at the file's start are not read yet.
  private var unread: Int
  /// What is read and not given.
  private var rest: [UInt8] = []
  private var isAtStart = false

  init(_ file: Output, size: Int) {
    self.file = file
    unread = size
  }

  /// The next line, without its newline; the first is what comes behind the last newline, which should be nothing.
  mutating func next() throws(Failure) -> [UInt8]? {
    while true {
      if let newline = rest.lastIndex(of: UInt8(ascii: "\n")) {
        defer { rest.removeSubrange(newline...) }
        return Array(rest[(newline + 1)...])
      }
      guard unread > 0 else {
        defer { isAtStart = true }
        return isAtStart ? nil : rest
      }
      rest = try read(min(unread, max(64 << 10, rest.count))) + rest
    }
  }

  private mutating func read(_ count: Int) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let place = unread - count + filled
      let read = bytes.withUnsafeMutableBytes {
        pread(file.descriptor, $0.baseAddress?.advanced(by: filled), count - filled, off_t(place))
      }
      guard read > 0 else {
        let why = read < 0 ? String(cString: strerror(errno)) : "it grows shorter"
        throw .failed("\(file.name) cannot be read: \(why).")
      }
      filled += read
    }
    unread -= count
    return bytes
  }
}
