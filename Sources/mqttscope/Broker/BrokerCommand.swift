import ArgumentParser
import Glibc
import MQTTBroker
import NIOPosix
import Terminal

/// `mqttscope broker`: the built-in broker, until Ctrl+C.
struct BrokerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "broker",
    abstract: "Run the built-in broker, for development.",
    discussion: """
      It speaks MQTT 3.1.1 and 5.0 and holds everything in memory; with --data what it has acknowledged is on disk too, \
      and survives its end, a crash or a power cut. Without --listen only programs of this machine can connect, at \
      mqtt://127.0.0.1:1883. SIGHUP, where it does not come from a terminal that is closed, has the files of users and rules \
      read again. For production there are mosquitto, EMQX, HiveMQ and VerneMQ.
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      Where to listen, such as 1884, 0.0.0.0:1883, ws://127.0.0.1:8083 (at any path), mqtts://:8883, wss://:8084, or \
      unix:///path; repeatable.
      """,
      valueName: "address"))
  var listen: [String] = []

  @Option(
    help: ArgumentHelp(
      "Keep retained messages and sessions in this folder, in a SQLite database, and go on with what is there.",
      valueName: "folder"))
  var data: String?

  @OptionGroup(title: "Who may connect") var access: BrokerAccessOptions

  @OptionGroup(title: "What it offers") var limits: BrokerLimitOptions

  func run() throws {
    if let name = access.hashPassword { return try access.printHash(for: name) }
    let listeners = try listen.isEmpty ? [Listener.standard] : listen.map(Self.listener)
    for (index, listener) in listeners.enumerated() where listener.port != 0 && listeners[..<index].contains(listener) {
      throw Failure.usage("\(listener) is given twice.")
    }
    let identity = try access.identity(needed: listeners.contains { $0.kind.isSecure })
    let broker = try broker()
    DescriptorLimit.raise()
    let wake = try Interruption.listen()
    for listener in listeners {
      say(try Self.open(listener, identity, broker).announcement(admission: access.admission(by: listener)))
    }
    if let warning = identity.flatMap(access.warning) { say(warning) }
    if access.trustsNames {
      say("Without --password-file a client may call itself by any name, so --rules protects nothing.")
    }
    if let data { say(BrokerKeeping.announcement(of: broker.restored, in: data)) }
    say("This broker is for development\(data == nil ? " and keeps nothing on disk" : ""). Ctrl+C ends it.")
    while true {
      var entry = pollfd(fd: wake.fileDescriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&entry, 1, -1)
      wake.clear()
      guard let signal = Interruption.signal else { continue }
      guard signal == SIGHUP, access.isReadAgain else { break }
      Interruption.forget(SIGHUP)
      readAgain(for: broker)
    }
    Interruption.stopListening()  // whoever interrupts the goodbye means it
    try broker.stop()
  }

  private func readAgain(for broker: Broker) {
    do throws(Failure) {
      broker.use(try access.access())
      say("Users and rules were read again.")
    } catch {
      say("\(error.sentence ?? "") What was read before goes on.")
    }
  }

  private func broker() throws(Failure) -> Broker {
    let (limits, access) = (try limits.limits(), try access.access())
    if let data { return try BrokerKeeping.broker(in: data, limits, access) }
    return Broker(
      limits: limits, access: access, on: MultiThreadedEventLoopGroup(numberOfThreads: 1), report: BrokerNotice.say)
  }

  private static func listener(_ text: String) throws(Failure) -> Listener {
    guard let listener = Listener(text) else {
      throw .usage("“\(text)” is no address to listen on; write 1884, 0.0.0.0:1883 or ws://127.0.0.1:8083.")
    }
    return listener
  }

  private static func open(
    _ listener: Listener, _ identity: ServerIdentity?, _ broker: Broker
  ) throws(Failure) -> Listener {
    do { return try broker.listen(on: listener, identity: identity) } catch {
      throw .failed("Cannot listen at \(listener): \(ListenFailure(error, listener))")
    }
  }
}

extension Listener {
  /// Who can connect here, and what they can see.
  fileprivate func announcement(admission: String) -> String {
    if isLocal { return "Listening on \(self), for programs of this machine alone." }
    let privacy = kind.isSecure ? "" : " Whatever is sent can be read on its way: mqtts:// would hide it."
    return "Listening on \(self): whoever reaches this machine can connect, \(admission).\(privacy)"
  }
}
