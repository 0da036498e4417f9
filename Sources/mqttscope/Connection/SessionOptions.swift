import ArgumentParser
import Explorer
import MQTT
import MQTTClient

/// The options about what the broker keeps between two connections.
struct SessionOptions: ParsableArguments {
  @Flag(
    help: """
      Keep a session at the broker, and what is under way in a file here, so that nothing of QoS 1 and 2 is lost, and \
      nothing of QoS 2 comes twice, when the connection or this program ends. Needs a --client-id of its own.
      """)
  var persistent = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How long the broker keeps the session after the connection; a day if not given.", valueName: "seconds"),
    transform: WholeNumber.of(0...UInt32.max))
  var sessionExpiry: UInt32?

  private static let day: UInt32 = 86_400

  func apply(to configuration: inout Configuration, hasClientID: Bool) throws(Failure) {
    guard persistent else {
      guard sessionExpiry == nil else { throw .usage("--session-expiry goes with --persistent.") }
      return
    }
    guard hasClientID, !configuration.clientID.isEmpty else {
      throw .usage("A session is found again by the client identifier: --persistent needs --client-id.")
    }
    guard sessionExpiry != 0 else { throw .usage("A session that expires at once is none: leave --persistent out.") }
    configuration.cleanStart = false
    configuration.properties.append(.sessionExpiryInterval(sessionExpiry ?? Self.day))
    configuration.keepJournal(in: Folders().state)
  }
}
