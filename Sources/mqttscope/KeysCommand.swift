import ArgumentParser
import Explorer

/// `mqttscope keys`: the key table.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print the key table.",
    discussion: "The last column is the action's id.")

  func run() throws {
    let keysWidth = Command.all.map { $0.keys.joined(separator: " ").count }.max() ?? 0
    let summaryWidth = Command.all.map(\.summary.count).max() ?? 0
    var text = ""
    for group in Command.Group.allCases {
      text += "\(text.isEmpty ? "" : "\n")\(group.rawValue)\n"
      for command in Command.all where command.group == group {
        let keys = Self.padded(command.keys.joined(separator: " "), to: keysWidth)
        text += "  \(keys)  \(Self.padded(command.summary, to: summaryWidth))  \(command.id)\n"
      }
    }
    try Output.standard.write(Array(text.utf8))
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
