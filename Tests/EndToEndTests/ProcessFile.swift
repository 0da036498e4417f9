import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A file into which commands write the numbers of processes, a line each.
struct ProcessFile {
  let path: String

  /// Waits until so many stand there, and gives the last of them: a command that is ended sooner has written nothing.
  @discardableResult
  func wait(for count: Int = 1) throws -> pid_t {
    let deadline = Deadline(in: .seconds(20))
    while true {
      let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
      let lines = text.split(separator: "\n")
      if text.hasSuffix("\n"), lines.count >= count { return try #require(pid_t(lines[lines.count - 1])) }
      try #require(!deadline.isPast, "\(path) holds \(lines.count) of \(count) processes")
      poll(nil, 0, 5)
    }
  }

  /// Whether the last one runs; one that only nobody has asked for its status does not.
  func isRunning() throws -> Bool {
    guard let status = FileManager.default.contents(atPath: "/proc/\(try wait())/stat") else { return false }
    return !String(decoding: status, as: UTF8.self).contains(") Z ")
  }

  /// Waits until the last one is gone.
  func expectGone() throws {
    let deadline = Deadline(in: .seconds(10))
    while try isRunning() {
      try #require(!deadline.isPast, "the process is still there")
      poll(nil, 0, 5)
    }
  }
}
