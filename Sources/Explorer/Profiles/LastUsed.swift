/// When each profile was used last: `profiles-used`, a line each of seconds since 1970, a blank, and the name.
struct LastUsed: Sendable {
  private let folder: String
  private var path: String { folder + "/profiles-used" }
  private static let limit = 1 << 20

  init(folder: String) { self.folder = folder }

  /// What is known; a file that cannot be read says nothing.
  func load() -> [String: Int64] {
    do {
      return Self.times(String(decoding: try FileBytes.read(path, limit: Self.limit), as: UTF8.self))
    } catch {
      return [:]
    }
  }

  func note(_ name: String, at seconds: Int64) throws(FileError) {
    guard !name.utf8.contains(.newline) else { return }
    var times = load()
    times[name] = seconds
    try FileBytes.makeFolder(folder)
    let lines = times.sorted { $0.value > $1.value }.prefix(500).map { "\($0.value) \($0.key)\n" }
    try FileBytes.replace(path, with: Array(lines.joined().utf8))
  }

  private static func times(_ text: String) -> [String: Int64] {
    var times: [String: Int64] = [:]
    for line in text.split(separator: "\n") {
      guard let blank = line.firstIndex(of: " "), let seconds = Int64(line[..<blank]) else { continue }
      times[String(line[line.index(after: blank)...])] = max(0, min(seconds, 1 << 33))
    }
    return times
  }
}
