import ArgumentParser
import Explorer
import Terminal

/// `mqttscope themes`: what `--theme` can name.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "List the themes.",
    discussion: "Ends with 1 if the file of one of them has a mistake.")

  func run() throws {
    var broken: [String] = []
    let folders = Folders().themes
    for name in Theme.names(searching: folders) {
      do {
        _ = try Theme.named(name, searching: folders)
        try Output.standard.write(Array("\(name)\(name == Theme.standard.name ? " (the default)" : "")\n".utf8))
      } catch {
        broken.append("\(name): \(error)")
      }
    }
    guard broken.isEmpty else { throw Failure.failed(broken.joined(separator: " ")) }
  }
}
