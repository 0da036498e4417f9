import ArgumentParser
import Explorer
import MQTT
import MQTTClient

/// The options that every command with a connection has.
struct ConnectionOptions: ParsableArguments {
  /// What can be said about the version of the protocol.
  enum Version: String, ExpressibleByArgument, CaseIterable {
    case auto
    case v5 = "5"
    case v3_1_1 = "3.1.1"

    var choice: Configuration.ProtocolChoice {
      switch self {
      case .auto: .automatic
      case .v5: .only(.v5)
      case .v3_1_1: .only(.v3_1_1)
      }
    }
  }

  @Option(name: .customLong("client-id"), help: "The client identifier; a unique one if not given.")
  var clientID: String?

  @Option(help: "The user name; it may also stand in the URL, as in mqtt://user@host.")
  var username: String?

  @Option(
    help: ArgumentHelp("A file that holds the password; one newline at its end is not part of it.", valueName: "path"))
  var passwordFile: String?

  @Option(
    help: ArgumentHelp(
      "A program that prints the password on its first line, with its arguments; it is run without a shell, so that a pipe"
        + " is sh -c '…'.",
      valueName: "command"))
  var passwordCommand: String?

  @Option(
    help: ArgumentHelp(
      "Prove the password by an exchange of MQTT 5 that does not send it: scram-sha-256.", valueName: "method"))
  var auth: EnhancedMethod?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The longest silence before the broker is pinged, 60 if not given, 65535 at most; 0 is no limit.",
      valueName: "seconds"),
    transform: WholeNumber.of(0...UInt16.max))
  var keepAlive: UInt16?

  @Option(name: .customLong("protocol"), help: "The version of MQTT; auto tries 5, then 3.1.1.")
  var version: Version?

  @OptionGroup(title: "TLS, WebSocket and proxies") var transport: TransportOptions

  @OptionGroup(title: "Session") var session: SessionOptions

  @OptionGroup(title: "Will") var will: WillOptions

  /// The options that are said and that a profile has to say itself, by their names.
  var givenBesideProfiles: [String] {
    let all = [
      ("--password-command", passwordCommand != nil), ("--auth", auth != nil), ("--persistent", session.persistent),
      ("--session-expiry", session.sessionExpiry != nil), ("--will-topic", will.willTopic != nil),
    ]
    return all.filter(\.1).map(\.0) + transport.given
  }

  /// The configuration of a client for this broker; asks for the password if there is nothing else to take it from.
  func configuration(for text: String) throws(Failure) -> Configuration {
    let url: BrokerURL
    do { url = try BrokerURL(text) } catch { throw .usage(error.description) }
    if let username, let other = url.username, username != other {
      throw .usage("The URL names the user \(other) and --username names \(username): one of them is enough.")
    }
    var configuration = Configuration(url.endpoint, clientID: clientID)
    if let keepAlive { configuration.keepAlive = keepAlive }
    configuration.protocolChoice = (version ?? .auto).choice
    configuration.username = username ?? url.username
    for (option, text) in [("--client-id", configuration.clientID), ("user name", configuration.username ?? "")] {
      if let problem = ConnectText.problem(text) { throw .usage("The \(option) \(problem)") }
    }
    try transport.apply(to: &configuration)
    configuration.password = try Password.find(
      for: configuration.username, at: url.endpoint.description, file: passwordFile, command: passwordCommand)
    try auth?.apply(to: &configuration)
    try will.apply(to: &configuration)
    try session.apply(to: &configuration, hasClientID: clientID != nil)
    return configuration
  }
}

extension QoS: ExpressibleByArgument {
  /// A QoS by its number.
  public init?(argument: String) {
    guard let number = UInt8(argument) else { return nil }
    self.init(rawValue: number)
  }

  /// What help shows as the default.
  public var defaultValueDescription: String { "\(rawValue)" }

  /// What help shows as the choices.
  public static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
}
