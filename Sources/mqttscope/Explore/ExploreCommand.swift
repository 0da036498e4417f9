import ArgumentParser
import Explorer
import MQTT
import MQTTClient

/// `mqttscope`: the screen.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Explore a broker on a full screen.",
    discussion: "Without --topic everything is subscribed to, the broker's own $SYS topics included.")

  @Argument(help: "The broker: mqtt://[user@]host[:port], or just the host.")
  var url = "mqtt://localhost:1883"

  @Option(
    name: .shortAndLong, help: ArgumentHelp("A topic filter to subscribe to; may be given again.", valueName: "filter"))
  var topic: [String] = []

  @Option(name: .shortAndLong, help: "The highest QoS of the subscriptions.")
  var qos: QoS = .atMostOnce

  @Option(help: ArgumentHelp("What messages and topics may take at most, such as 256MB or 1GB.", valueName: "size"))
  var memory = ByteSize(bytes: 256 << 20)

  @Option(help: ArgumentHelp("A theme by its name, or by the path of its file.", valueName: "name"))
  var theme: String?

  @Flag(help: "Make writing impossible: nothing can be published or cleared.")
  var readOnly = false

  @Flag(inversion: .prefixedNo, help: "Whether the mouse is ours; without it the terminal's own selection works.")
  var mouse = true

  @Option(
    help: ArgumentHelp(
      "Add a line for each packet of the session to this file, without payloads and passwords.",
      discussion: "Of messages at most 1,000 a second have a line of their own; the rest is counted.",
      valueName: "path"))
  var log: String?

  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard memory.bytes >= ByteSize.smallestMemory.bytes else {
      throw ValidationError("--memory is at least \(ByteSize.smallestMemory); \(memory) is too little.")
    }
  }

  func run() throws {
    var options = try options()
    if let log { options.log = try LogFile.open(log) }
    do {
      try MainActor.assumeIsolated { try App.run(options) }
    } catch {
      throw Failure.failed("\(error)")
    }
  }

  /// Everything said on the command line, checked.
  func options() throws(Failure) -> Explorer.Options {
    for filter in topic {
      do { _ = try TopicFilter(filter) } catch { throw .usage("“\(filter)”: \(error)") }
    }
    var configuration = try connection.configuration(for: url)
    configuration.subscriptions = (topic.isEmpty ? ["#", "$SYS/#"] : topic).map {
      Subscription(filter: $0, qos: qos, retainAsPublished: true)  // so that ◆ is what the broker said
    }
    var options = Options(configuration: configuration, address: configuration.endpoint.description)
    options.memoryLimit = memory.bytes
    options.theme = theme
    options.isReadOnly = readOnly
    options.usesMouse = mouse
    return options
  }
}
