import Glibc

/// A file of JSON lines that runs of the program append to, one after the other.
///
/// A message is written before it is acknowledged. A run that is killed between the two leaves messages that the broker will
/// send again, which their numbers tell, and at most half a line, which is cut off here.
struct LineFile {
  let output: Output
  /// The number of the last message in it that has one; 0 if none has.
  let lastNumber: UInt64

  /// Opens the file, or makes it.
  init(path: String) throws(Failure) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .failed(
        "\(path) cannot be opened: \(String(cString: strerror(errno))). Choose a file in a folder that you may write to."
      )
    }
    output = Output(descriptor: descriptor, name: path)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw .usage("\(path) is written by another program: choose another file, or end that one.")
    }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size >= 0 else { throw .usage("\(path) cannot be read again after it was written: --output wants a file.") }
    var lines = ReversedLines(output, size: size)
    if let half = try lines.next(), !half.isEmpty { try Self.cut(half, of: size, output) }
    var number: UInt64?
    while number == nil, let line = try lines.next() { number = Self.number(in: line) }
    lastNumber = number ?? 0
  }

  /// Removes the beginning of a line at the end of a file.
  private static func cut(_ half: [UInt8], of size: Int, _ output: Output) throws(Failure) {
    guard half.starts(with: MessageWriter.beginningOfLine.prefix(half.count)) else {
      throw .usage("\(output.name) ends with half a line that was not written here: choose another file.")
    }
    guard ftruncate(output.descriptor, off_t(size - half.count)) == 0 else {
      throw .failed("\(output.name) cannot be cut: \(String(cString: strerror(errno))).")
    }
  }

  /// The number of a message; quotation marks inside of strings are escaped, so this is its name and no text of somebody.
  private static func number(in line: [UInt8]) -> UInt64? {
    guard let name = line.firstRange(of: Array(#","number":"#.utf8)) else { return nil }
    let digits = line[name.upperBound...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return UInt64(String(decoding: digits, as: UTF8.self))
  }
}
