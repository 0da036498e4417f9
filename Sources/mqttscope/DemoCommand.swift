import ArgumentParser
import Demo
import Explorer
import MQTT
import MQTTBroker
import MQTTClient
import NIOPosix

/// `mqttscope demo`: a world to explore, with nothing else at hand.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Explore a simulated world on the built-in broker.",
    discussion: """
      A home, a plant, a fleet, a chat and more, on a broker inside of this program that only this machine can reach. A tour \
      shows what there is to see; F2 goes on, F3 ends it.
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The same number makes the same world; 1 if not given.", valueName: "number"),
    transform: WholeNumber.of(0...UInt64.max))
  var seed: UInt64 = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Add this many topics, below flood.", valueName: "count"),
    transform: WholeNumber.of(0...5_000_000))
  var topics = 0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Add this many messages a second, on the topics of --topics, or on 1000.", valueName: "count"),
    transform: WholeNumber.of(0...200_000))
  var rate = 0

  @Flag(inversion: .prefixedNo, help: "Whether the tour is given.")
  var tour = true

  @OptionGroup(title: "Screen") var screen: ScreenOptions

  func run() throws {
    var options = screen.options
    options.givesTour = tour
    let world = World(seed: seed, scale: World.Scale(topics: topics == 0 && rate > 0 ? 1_000 : topics, rate: rate))
    options.prepare = { try Self.start(world) }
    do {
      try MainActor.assumeIsolated { try App.run(options) }
    } catch {
      throw Failure.failed("\(error)")
    }
  }

  /// Begins the world on a broker of its own, which both end with the program, and says how it is connected to.
  private static func start(_ world: World) throws -> Explorer.Options.Start {
    var limits = BrokerLimits()
    limits.systemInterval = 2  // seconds, so that $SYS is lively too
    let broker = Broker(limits: limits, on: MultiThreadedEventLoopGroup(numberOfThreads: 1))
    guard let place = Listener("127.0.0.1:0") else { preconditionFailure("loopback is an address") }
    let endpoint = Endpoint.tcp(host: place.host, port: try broker.listen(on: place).port)
    WorldPlayer(world, at: endpoint, on: MultiThreadedEventLoopGroup(numberOfThreads: 1)).start()
    // A session that outlives its connection is part of the tour
    var configuration = Configuration(endpoint)
    configuration.cleanStart = false
    configuration.properties = [.sessionExpiryInterval(3_600)]
    configuration.subscriptions = ["#", "$SYS/#"].map { Subscription(filter: $0, retainAsPublished: true) }
    return Explorer.Options.Start(BrokerOpening(configuration), .configuration(configuration))
  }
}
