import FoundationEssentials

/// ejabberd's `mod_mqtt`, alone in a node without a name, so that it needs no `epmd` and meets no other node.
package final class Ejabberd: RealBroker {
  package let address: BrokerAddress
  private let process: BrokerProcess  // ends before its folder goes
  private let folder: TemporaryFolder

  package init() throws {
    folder = try TemporaryFolder()
    let port = try Loopback.freePort()
    address = BrokerAddress(
      older: port, newer: port, user: BrokerAddress.User(name: "ann@localhost", password: "secret"))
    let configuration = """
      hosts: [localhost]
      loglevel: error
      auth_method: internal
      listen:
        - {port: \(port), ip: 127.0.0.1, module: mod_mqtt}
      modules:
        mod_mqtt: {}

      """
    // A user who is only in memory would be unknown to the broker that follows one that was killed
    let begin = """
      {ok, _} = application:ensure_all_started(ejabberd),
      ejabberd_auth:try_register(<<"ann">>, <<"localhost">>, <<"secret">>),
      mnesia:sync_log(),
      io:format("ready~n").
      """
    let (program, libraries) = try Self.find()
    process = try BrokerProcess(
      "ejabberd", program, ["-noinput", "-mnesia", "dir", "\"\(folder.path)/spool\"", "-eval", begin],
      environment: [
        "EJABBERD_CONFIG_PATH": try folder.write(configuration, to: "ejabberd.yml"),
        "EJABBERD_LOG_PATH": "\(folder.path)/log", "ERL_CRASH_DUMP": "/dev/null", "HOME": folder.path,
        "ERL_LIBS": libraries,
      ]
    ) { $0.output.split(separator: UInt8(ascii: "\n")).contains { $0.elementsEqual("ready".utf8) } }
  }

  package func kill() throws { try process.kill() }

  package func start() throws { try process.start() }

  /// Erlang's program, and the folder that Debian puts the broker's modules in.
  private static func find() throws -> (program: String, libraries: String) {
    let install = "apt-get install ejabberd"
    let program = try BrokerProcess.find("erl", in: ["/usr/bin"], install: install)
    for library in try FileManager.default.contentsOfDirectory(atPath: "/usr/lib") {
      let folder = "/usr/lib/\(library)"
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
      if names?.contains(where: { $0.hasPrefix("ejabberd-") }) == true { return (program, folder) }
    }
    throw TestSupportError("ejabberd is missing: \(install)")
  }
}
