import ArgumentParser
import Glibc
import MQTT
import MQTTClient
import NIOCore

/// `mqttscope publish`: one message, or one for each line of standard input.
struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Send one message, or a stream of lines.",
    discussion: """
      The payload is the --message, the --file, or all of standard input. With --lines, every line of standard input is \
      a message of its own, sent as it comes; the broker's pace is kept and nothing piles up.
      """)

  @Argument(help: "The broker: mqtt://[user@]host[:port], mqtts://, ws://, wss://, unix://, or just the host.")
  var url: String

  @Argument(help: "The topic.")
  var topic: String

  @Option(name: .shortAndLong, parsing: .unconditional, help: "The payload as text; may be empty.")
  var message: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("A file that is the payload.", valueName: "path"))
  var file: String?

  @Flag(name: .shortAndLong, help: "Every line of standard input is a message.")
  var lines = false

  @Flag(
    help: """
      With --lines and --persistent: standard input is the same again from its beginning, perhaps longer, and the lines \
      that were sent before a run ended, or was killed, are passed over, but for those that the broker forgot. Another \
      topic, or another beginning of the input, is refused.
      """)
  var resume = false

  @Option(name: .shortAndLong, parsing: .unconditional, help: "The QoS.")
  var qos: QoS = .atMostOnce

  @Flag(name: .shortAndLong, help: "Ask the broker to keep the message; an empty one deletes what it has kept.")
  var retain = false

  @Option(
    help: ArgumentHelp(
      "A property of MQTT 5: \(PublishProperties.names.joined(separator: ", ")).", valueName: "name=value"))
  var property: [String] = []

  @Option(help: ArgumentHelp("A user property of MQTT 5; may be given again.", valueName: "name=value"))
  var userProperty: [String] = []

  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard [message != nil, file != nil, lines].count(where: \.self) <= 1 else {
      throw ValidationError("The payload comes from one place: --message, --file or --lines.")
    }
    guard !resume || lines && connection.session.persistent && qos > .atMostOnce else {
      throw ValidationError("--resume goes with --lines, --persistent and --qos 1 or 2.")
    }
  }

  func run() throws {
    do { try TopicName.validate(topic) } catch { throw Failure.usage("\(topic.quoted): \(error)") }
    let properties = try PublishProperties.parse(standard: property, user: userProperty)
    try ProfileChoice.refuse(url)
    var configuration = try connection.configuration(for: url)
    if !properties.isEmpty {
      guard connection.version != .v3_1_1 else { throw Failure.usage("MQTT 3.1.1 has no properties.") }
      configuration.protocolChoice = .only(.v5)  // falling back would lose them silently
    }
    configuration.reconnection = .never
    let template = Message(topic: topic, qos: qos, isRetained: retain, properties: properties)
    let payload = lines ? nil : try wholePayload()
    let publisher = Publisher(template, on: try Conversation(configuration, watchesOutput: false))
    guard let payload else {
      let file = InputMemory.path(beside: qos > .atMostOnce ? configuration.journal : nil)
      return try publisher.publishLines(isResumed: resume, rememberedIn: file)
    }
    try publisher.publish(payload)
  }

  private func wholePayload() throws(Failure) -> [UInt8] {
    if let message { return Array(message.utf8) }
    let payload: [UInt8]
    if let file {
      payload = try InputFile.read(file, limit: LineReader.longestLine)
    } else {
      if isatty(STDIN_FILENO) == 1 { say("type the message; Ctrl+D on a line of its own ends it") }
      payload = try InputFile.read(STDIN_FILENO, named: "Standard input", limit: LineReader.longestLine)
    }
    if payload.isEmpty && retain { throw .failed(Publisher.unmeantDeletion(file ?? "Standard input", topic)) }
    return payload
  }
}
