/// Something in the configuration that cannot be.
package struct ProfileProblem: Equatable, Sendable {
  /// Counted from 1, as far as it is known.
  var line: Int?
  /// The setting.
  var key: String
  var sentence: String

  /// `config.toml, line 12, keep_alive: …`
  func words(file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return "\(name)\(line.map { ", line \($0)" } ?? ""), \(key): \(sentence)."
  }
}
