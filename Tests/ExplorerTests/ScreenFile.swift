import Glibc

@testable import Explorer

/// A `.screen` file: a session with the explorer as a list of inputs, and the pictures that it shows.
///
///     # what it is about
///     size 80x24                            also: tour, read-only, subscribe FILTER…, themes NAME…, address HOST
///     connected 5                           connecting ATTEMPT, connected VERSION, fell-back [closed],
///                                           granted FILTER CODE, disconnected WHY [again SECONDS]
///     connected 5 qos:1 no-retain           limits of CONNACK, as `ScreenPlayer.term` has them
///     sent pubrel 7                         received PACKET: what passes, in the words of `Passing`
///     answer 135                            the broker's answer to what the last key asked of it; pong
///     profiles                              the configuration, in lines of `|`
///     no-broker                             the connection screen; used NAME, open PROFILE-OR-ADDRESS,
///                                           at ADDRESS: what follows is of this broker
///     message retain q1 home/light = ON     retain, q1, q2, dup; bytes by the escapes of `ScreenText`
///     wait 1500ms                           the clock goes on, and a frame is drawn
///     keys j Down Enter                     by the names of the key table
///     type text                             one key for each character
///     paste text
///     click 10,5                            wheel-up, wheel-down, press, drag, release
///     screen                                what is shown now, line by line
///     |mqttscope …
///     roles 3 4                             how rows 3 and 4 look
///     |2 border/panel 8 topic/selected+bold
///
/// Between the inputs of one line and the next, and after each key, a frame is drawn, as in the explorer. Messages that
/// follow each other arrive together.
struct ScreenFile {
  /// One line, and the lines of `|` under it.
  struct Step {
    let number: Int
    let line: Substring
    var picture: [Substring] = []

    var word: Substring { line.prefix { $0 != " " } }
    /// What follows the first word.
    var rest: Substring { line.dropFirst(word.count).drop { $0 == " " } }
    var words: [Substring] { rest.split(separator: " ") }
    var isInput: Bool { !line.isEmpty && word != "#" }
  }

  private(set) var steps: [Step] = []

  init(_ text: String) throws {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard line.first == "|" else {
        steps.append(Step(number: index + 1, line: line))
        continue
      }
      guard !steps.isEmpty else { throw ScreenError("A picture needs `screen` or `roles` above it.") }
      steps[steps.count - 1].picture.append(line.dropFirst())
    }
    if steps.last?.line.isEmpty == true { steps.removeLast() }
  }

  /// The file with other pictures, one for each step that has one.
  func text(with pictures: [Int: [String]]) -> String {
    var text = ""
    for step in steps {
      text += step.line + "\n"
      for line in pictures[step.number] ?? [] { text += "|" + line + "\n" }
    }
    return text
  }

  private static let folder = String(#filePath.dropLast("ScreenFile.swift".count)) + "Screens/"
  private static let suffix = ".screen"

  /// The files there are, by name.
  static let names: [String] = {
    guard let folder = opendir(folder) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(suffix) { names.append(String(name.dropLast(suffix.count))) }
    }
    return names.sorted()
  }()

  static func read(_ name: String) throws -> ScreenFile {
    try ScreenFile(String(decoding: FileBytes.read(folder + name + suffix, limit: 1 << 20), as: UTF8.self))
  }

  func write(_ name: String, with pictures: [Int: [String]]) throws {
    let path = Self.folder + name + Self.suffix
    try FileBytes.replace(path, with: Array(text(with: pictures).utf8))
    chmod(path, 0o644)
  }
}
