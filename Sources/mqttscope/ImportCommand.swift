import ArgumentParser
import Explorer

/// `mqttscope import`: brokers that another program knows.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Add profiles for the brokers that another program knows.",
    discussion: """
      Reads a file of options of mosquitto_sub (~/.config/mosquitto_sub), the settings of MQTT Explorer \
      (~/.config/MQTT-Explorer/settings.json), or an export of MQTTX in JSON; the content tells which. No profile is \
      written over. Passwords go into files of their own that only you may read.
      """)

  @Argument(help: "The file.")
  var file: String

  func run() throws {
    guard let folder = Folders().configuration else { throw Failure.failed(ProfileError.noFolder.description) }
    let bytes = try InputFile.read(file, limit: 64 << 20)
    let sentences: [String]
    do {
      let imported = try Imported(bytes, file: file)
      var importing = Importing(ProfileFile(folder: folder))
      sentences = ["From \(imported.origin):"] + (try importing.add(imported))
    } catch {
      throw Failure.failed("\(error)")
    }
    for sentence in sentences { say(sentence) }
  }
}
