import ArgumentParser
import MQTT
import MQTTClient

/// `mqttscope subscribe`: messages to standard output.
struct SubscribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscribe",
    abstract: "Print messages as text, JSON lines, or raw.",
    discussion: """
      text: the topic, a blank and the payload on a line, with control characters made visible.
      json: an object on a line; what is not UTF-8 comes as payload_base64. Nothing is lost.
      raw: the bytes of the payloads, with nothing between them.
      With --persistent a message is acknowledged once it is written, so none is lost. If the program is killed between \
      the two it comes again in the next run; its number in json, which messages of QoS 2 have, is the same then. \
      --output looks at that number: in the file each message of QoS 2 stands once, however often the program is killed.
      """)

  @Argument(help: "The broker: mqtt://[user@]host[:port], mqtts://, ws://, wss://, unix://, or just the host.")
  var url: String

  @Argument(help: "Topic filters, such as home/+/temperature or home/#.")
  var filters: [String]

  @Option(name: .shortAndLong, help: "How messages are written.")
  var format: OutputFormat = .text

  @Option(name: .shortAndLong, help: ArgumentHelp("Append the lines of JSON to a file.", valueName: "file"))
  var output: String?

  @Option(
    name: .shortAndLong, parsing: .unconditional,
    help: ArgumentHelp("End after so many messages.", valueName: "number"), transform: WholeNumber.of(1...Int.max))
  var count: Int?

  @Option(name: .shortAndLong, parsing: .unconditional, help: "The highest QoS.")
  var qos: QoS = .atMostOnce

  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if output == "" { throw ValidationError("--output needs the name of a file, such as --output messages.jsonl.") }
    if output != nil, format != .json { throw ValidationError("--output holds lines of JSON: add --format json.") }
  }

  func run() throws {
    for filter in filters {
      do { _ = try TopicFilter(filter) } catch { throw Failure.usage("\(filter.quoted): \(error)") }
    }
    try ProfileChoice.refuse(url)
    var configuration = try connection.configuration(for: url)
    configuration.subscriptions = filters.map { Subscription(filter: $0, qos: qos) }
    configuration.acknowledgesWhenTaken = !configuration.cleanStart
    let file = try output.map { path throws(Failure) in try LineFile(path: path) }
    let conversation = try Conversation(configuration, watchesOutput: file == nil)
    let subscriber = Subscriber(
      MessageWriter(format: format), of: filters.count, to: file, on: conversation, isKept: !configuration.cleanStart,
      limit: count)
    try subscriber.run()
  }
}
