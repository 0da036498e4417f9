import ArgumentParser
import Glibc
import MQTTBroker

/// The command line: without a subcommand it explores a broker.
@main
struct MQTTScope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mqttscope",
    abstract: "See everything that moves through an MQTT broker, understand any message, and try anything out.",
    usage: """
      mqttscope [<url> | <profile>] [--topic <filter>]...
      mqttscope <subcommand> ...
      """,
    discussion: """
      The first form explores a broker, or opens the connection screen; mqttscope explore --help has its options.

      Passwords are never taken from the command line: use MQTTSCOPE_PASSWORD, --password-file, or the prompt.

      Exit codes: 0 done, 1 the work failed, 64 usage, 69 broker unreachable, 77 refused by the broker.
      """,
    version: Broker.version,
    subcommands: [
      DemoCommand.self, ExploreCommand.self, PublishCommand.self, SubscribeCommand.self, ThemesCommand.self,
      KeysCommand.self,
      BrokerCommand.self, DoctorCommand.self, ImportCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self
  )

  static func main() {
    signal(SIGPIPE, SIG_IGN)  // a reader that has seen enough is found by writing, and is no failure
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch Failure.outputClosed {
      Glibc.exit(EXIT_SUCCESS)
    } catch let failure as Failure {
      failure.end()
    } catch {
      guard exitCode(for: error) != .success else { exit(withError: error) }  // help, which is data
      var lines = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if let first = lines.first, first.hasPrefix("Error: ") { lines[0] = "mqttscope: " + first.dropFirst(7) }
      say(lines: lines)
      Glibc.exit(exitCode(for: error).rawValue)
    }
  }
}
