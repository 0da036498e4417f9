import Explorer
import Glibc
import MQTTClient

/// The input of a run that publishes lines, beside what an earlier run left of it in a file.
struct InputMemory {
  /// Nil where no session is kept that could be resumed, or where nothing can be written.
  private var path: String?
  private var record: InputRecord
  /// Lines that earlier runs have sent.
  let sent: UInt64

  /// The file beside that of the session.
  static func path(beside journal: String?) -> String? { journal.map { "\($0).input" } }

  /// The memory of a run that publishes anew.
  init(_ topic: String, after last: RequestID, in path: String?) {
    self.path = path
    record = InputRecord(topic: topic, after: last.rawValue)
    sent = 0
  }

  /// The memory of a run that resumes others, of which nothing may be left but the number of what they have sent.
  init(resuming topic: String, after last: RequestID, in path: String?) throws(Failure) {
    self.path = path
    let found = path.flatMap(Self.found).flatMap { $0.base <= last.rawValue ? $0 : nil }
    let before = found ?? InputRecord(topic: topic, after: 0)
    sent = last.rawValue - before.base
    guard sent > 0 else {
      record = InputRecord(topic: topic, after: last.rawValue)
      return
    }
    record = before
    guard before.topic == topic else {
      throw .failed(
        "The run that --resume goes on with published to \(before.topic.quoted), and this one is for \(topic.quoted): "
          + "nothing of this input was sent. Without --resume all of it is.")
    }
  }

  /// The request before that of the first line.
  var base: UInt64 { record.base }

  /// Compares a line, counted from 1, with the input that is resumed, and notes one that is not known yet.
  ///
  /// - Parameter isWhole: whether its end was seen; what else is at the end of the input may only be its beginning.
  mutating func take(_ line: ArraySlice<UInt8>, number: UInt64, isWhole: Bool) throws(Failure) {
    guard isWhole else {
      if number == 1, sent == 0 { keep() }  // this input is begun, and no longer the one before
      return
    }
    switch record.take(line, number: number) {
    case .same, .unmarked: return
    case .new: keep()
    case .other:
      throw .failed(
        "Line \(number) of the input is another one than was sent to \(record.topic.quoted) before: --resume needs the same "
          + "input from its beginning. Without --resume all of it is sent.")
    }
  }

  private mutating func keep() {
    guard let path, let code = Self.replace(path, with: record.bytes) else { return }
    self.path = nil  // once is enough to say it
    say(
      "\(path) cannot be written: \(String(cString: strerror(code))). A run that resumes this one will not notice if it "
        + "gets another input.")
  }

  /// Puts a file in the place of the old one; gives why it could not. What is half written always has the same name, so
  /// that one who is killed here leaves no more than one file.
  private static func replace(_ path: String, with bytes: [UInt8]) -> Int32? {
    let name = "\(path)~"
    let file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return errno }
    let written = write(file, bytes, bytes.count)
    let code = written == bytes.count ? nil : written < 0 ? errno : ENOSPC
    close(file)
    guard code == nil else { return code }
    return rename(name, path) == 0 ? nil : errno
  }

  private static func found(at path: String) -> InputRecord? {
    do { return InputRecord(try FileBytes.read(path, limit: InputRecord.largestFile)) } catch { return nil }
  }
}
