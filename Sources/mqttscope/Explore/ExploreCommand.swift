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

  @Argument(
    help: ArgumentHelp(
      "The broker: mqtt://[user@]host[:port], mqtts://, ws://, wss://, unix://, a host, or the name of a profile.",
      discussion: "A word without a dot, colon or slash is a profile's name if there is such a profile, and otherwise a"
        + " host. Without it the connection screen opens."))
  var url: String?

  @Option(help: ArgumentHelp("A profile of config.toml by its name.", valueName: "name"))
  var profile: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("A topic filter to subscribe to; may be given again.", valueName: "filter"))
  var topic: [String] = []

  @Option(name: .shortAndLong, parsing: .unconditional, help: "The highest QoS of the subscriptions.")
  var qos: QoS = .atMostOnce

  @Flag(help: "Make writing impossible: nothing can be published or cleared.")
  var readOnly = false

  @Option(
    help: ArgumentHelp(
      "Add a line for each packet to this file: topics and user names, no payloads and no passwords.",
      discussion:
        "At most 1,000 messages and 1,000 other packets a second have a line of their own; the rest is counted.",
      valueName: "path"))
  var log: String?

  @OptionGroup(title: "Screen") var screen: ScreenOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run() throws {
    var options = try options()
    let file = try log.map { path throws(Failure) in try LogFile.open(path) }
    options.log = file?.write
    do {
      try MainActor.assumeIsolated { try App.run(options) }
    } catch {
      throw Failure.failed("\(error)")
    }
    if let failure = file?.outcome.failure { throw failure }
  }

  /// Everything said on the command line, checked.
  func options() throws(Failure) -> Explorer.Options {
    for filter in topic {
      do { _ = try TopicFilter(filter) } catch { throw .usage("“\(filter)”: \(error)") }
    }
    if readOnly, connection.will.willTopic != nil {
      throw .usage(
        "--read-only makes writing impossible, and a will is written when we vanish: leave --will-topic out.")
    }
    var options = screen.options
    options.start = try start()
    options.isReadOnly = readOnly
    return options
  }

  /// The first broker; nil opens the connection screen.
  private func start() throws(Failure) -> Options.Start? {
    if let profile = try ProfileChoice.find(url: url, name: profile) {
      return try profile.start(connection, subscriptions)
    }
    guard let url else {
      guard subscriptions == nil else { throw .usage("-t needs a broker: mqttscope URL -t FILTER.") }
      return nil
    }
    var configuration = try connection.configuration(for: url)
    configuration.subscriptions = subscriptions ?? Profile.everything.map { Self.subscription($0.filter, qos) }
    return Options.Start(BrokerOpening(configuration), .configuration(configuration))
  }

  /// What `-t` asks for.
  private var subscriptions: [Subscription]? {
    topic.isEmpty ? nil : topic.map { Self.subscription($0, qos) }
  }

  private static func subscription(_ filter: String, _ qos: QoS) -> Subscription {
    Subscription(filter: filter, qos: qos, retainAsPublished: true)  // so that ◆ is what the broker said
  }
}
