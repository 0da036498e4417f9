import FoundationEssentials
import Glibc

/// Past publishes and the draft, kept across restarts in `publishes.jsonl` and `draft.json`.
///
/// Both may hold secrets, so only their owner may read them. What cannot be read is renamed and kept.
struct PublishState: Sendable {
  let folder: String

  /// What was found at the start.
  struct Found: Equatable, Sendable {
    var history = PublishHistory()
    var draft: PublishDraft?
    /// What went wrong, a sentence each.
    var notices: [String] = []
  }

  init(folder: String) { self.folder = folder }

  /// A line of `publishes.jsonl`.
  struct Entry: Equatable, Codable, Sendable {
    /// Seconds since 1970.
    var time: Int64
    var draft: PublishDraft
  }

  private var historyPath: String { folder + "/publishes.jsonl" }
  private var draftPath: String { folder + "/draft.json" }
  /// What is read at most; a larger file is not ours.
  private static let fileLimit = 16 << 20
  /// What is written at most: adding a publish rewrites the file while keys wait.
  private static let historyLimit = 4 << 20

  func load() -> Found {
    var found = Found()
    let lines = read(historyPath, into: &found).split(separator: UInt8.newline)
    let entries = lines.compactMap { Self.decode(Entry.self, from: Array($0)) }
    found.history = PublishHistory(entries.map(\.draft))
    if entries.count < lines.count {
      let broken = lines.count - entries.count
      setAside(historyPath, "\(broken) of its \(lines.count) past publishes cannot be read", &found)
      rewrite(entries, &found)
    }
    let draft = read(draftPath, into: &found)
    if !draft.isEmpty {
      found.draft = Self.decode(PublishDraft.self, from: draft)
      if found.draft == nil { setAside(draftPath, "the draft in it cannot be read", &found) }
    }
    return found
  }

  /// Adds one publish to the file as it is now, so that two windows do not lose each other's.
  func append(_ entry: Entry) throws(FileError) {
    try makeFolder()
    var lines = try lines(of: historyPath).suffix(PublishHistory.countLimit - 1)
    lines.append(try Self.encode(entry, path: historyPath)[...])
    var size = lines.reduce(0) { $0 + $1.count + 1 }
    while size > Self.historyLimit, lines.count > 1 { size -= lines.removeFirst().count + 1 }
    try FileBytes.replace(historyPath, with: Array(lines.joined(separator: [.newline])) + [.newline])
  }

  /// Keeps the draft for the next start; a draft that is too large to be remembered is left out.
  func keep(_ draft: PublishDraft) throws(FileError) {
    guard PublishHistory.remembers(draft) else { return }
    try makeFolder()
    try FileBytes.replace(draftPath, with: try Self.encode(draft, path: draftPath))
  }

  private func rewrite(_ entries: [Entry], _ found: inout Found) {
    do throws(FileError) {
      var bytes: [UInt8] = []
      for entry in entries { bytes += try Self.encode(entry, path: historyPath) + [.newline] }
      try FileBytes.replace(historyPath, with: bytes)
    } catch {
      found.notices.append(error.description)
    }
  }

  private func lines(of path: String) throws(FileError) -> ArraySlice<ArraySlice<UInt8>> {
    do throws(FileError) {
      return try FileBytes.read(path, limit: Self.fileLimit).split(separator: UInt8.newline)[...]
    } catch {
      guard error.isMissingFile else { throw error }
      return []
    }
  }

  private func read(_ path: String, into found: inout Found) -> [UInt8] {
    do throws(FileError) {
      return try FileBytes.read(path, limit: Self.fileLimit)
    } catch {
      if case .tooLarge = error {
        setAside(path, "it is too large", &found)
      } else if !error.isMissingFile {
        found.notices.append(error.description)
      }
      return []
    }
  }

  private func setAside(_ path: String, _ why: String, _ found: inout Found) {
    var number = 1
    while access("\(path).broken-\(number)", F_OK) == 0 { number += 1 }
    let aside = "\(path).broken-\(number)"
    guard rename(path, aside) == 0 else {
      found.notices.append(FileError.failed(path: path, doing: "renamed", code: errno).description)
      return
    }
    found.notices.append("\(path): \(why); the file is kept as \(aside).")
  }

  func makeFolder() throws(FileError) {
    var path = ""
    for part in folder.utf8.split(separator: UInt8(ascii: "/")) {
      path += "/" + String(Substring(part))
      guard mkdir(path, 0o700) != 0, errno != EEXIST, access(path, F_OK) != 0 else { continue }
      throw .failed(path: path, doing: "made", code: errno)
    }
  }

  private static func encode(_ value: some Encodable, path: String) throws(FileError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(value))
    } catch {
      // Our drafts are strings, whole numbers and Booleans, all of which JSON has.
      throw .failed(path: path, doing: "written", code: EINVAL)
    }
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) -> Value? {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      return nil
    }
  }
}
