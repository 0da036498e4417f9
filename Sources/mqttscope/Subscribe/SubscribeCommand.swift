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
      """)

  @Argument(help: "The broker: mqtt://[user@]host[:port], mqtts://, ws://, wss://, unix://, or just the host.")
  var url: String

  @Argument(help: "Topic filters, such as home/+/temperature or home/#.")
  var filters: [String]

  @Option(name: .shortAndLong, help: "How messages are written.")
  var format: OutputFormat = .text

  @Option(name: .shortAndLong, help: ArgumentHelp("End after so many messages.", valueName: "number"))
  var count: Int?

  @Option(name: .shortAndLong, help: "The highest QoS.")
  var qos: QoS = .atMostOnce

  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count is at least 1.") }
  }

  func run() throws {
    for filter in filters {
      do { _ = try TopicFilter(filter) } catch { throw Failure.usage("“\(filter)”: \(error)") }
    }
    var configuration = try connection.configuration(for: url)
    configuration.subscriptions = filters.map { Subscription(filter: $0, qos: qos) }
    let conversation = try Conversation(configuration, watchesOutput: true)
    try Subscriber(MessageWriter(format: format), limit: count).run(on: conversation)
  }
}
