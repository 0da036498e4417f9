import Terminal

extension PasswordSource {
  /// The longest that MQTT can carry.
  static let limit = 65_535

  /// The password, from anywhere but a command, which takes its time.
  func bytes() throws(ProfileError) -> [UInt8] {
    switch self {
    case .written(let text): return Array(text.utf8)
    case .environment(let name):
      guard let value = Environment[name], !value.isEmpty else {
        throw .password("The variable \(name), which should hold the password, is not set.")
      }
      return Array(value.utf8)
    case .file(let path):
      let bytes: [UInt8]
      do { bytes = try FileBytes.read(Self.inHome(path), limit: Self.limit + 1) } catch { throw .file(error) }
      return try Self.password(bytes, from: path)
    case .command: throw .password("The password command has to be run first.")
    }
  }

  /// Bytes without the line end that a file and a command end with.
  static func password(_ bytes: [UInt8], from place: String) throws(ProfileError) -> [UInt8] {
    var bytes = bytes
    if bytes.last == .newline { bytes.removeLast() }
    if bytes.last == .carriageReturn { bytes.removeLast() }
    guard !bytes.isEmpty else { throw .password("\(place) gave no password.") }
    guard bytes.count <= limit else { throw .password("\(place) gave more than \(limit) bytes.") }
    return bytes
  }

  /// A path that may begin with `~/`.
  private static func inHome(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = Environment["HOME"] else { return path }
    return home + path.dropFirst()
  }
}
