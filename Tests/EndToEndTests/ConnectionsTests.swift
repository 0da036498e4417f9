import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Several brokers and their profiles, in a terminal with real brokers.
@Suite struct ConnectionsTests {
  /// Puts a configuration into a home; gives its path.
  private static func configure(_ folder: TemporaryFolder, _ text: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/.config/mqttscope", withIntermediateDirectories: true)
    return try folder.write(text, to: ".config/mqttscope/config.toml")
  }

  private static func session(_ arguments: [String], in folder: TemporaryFolder) throws -> TerminalSession {
    // The machine's own variables would lead out of the test's home.
    try Exploration.session(
      arguments, in: folder, environment: ["XDG_CONFIG_HOME": "", "XDG_STATE_HOME": "", "MQTTSCOPE_PASSWORD": ""])
  }

  private static func quit(_ session: TerminalSession) throws {
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
    try Exploration.expectRestored(session)
  }

  @Test func `two brokers are connected at once, counted, switched, and closed`() throws {
    let (one, two) = (try Mosquitto(), try Mosquitto())
    let folder = try TemporaryFolder()
    _ = try Self.configure(
      folder,
      """
      [profiles.one]
      url = "\(one.url)"
      subscriptions = ["home/#"]

      [profiles.two]
      url = "\(two.url)"
      subscriptions = ["home/#"]
      """)
    try Exploration.publish(to: one, "home/first", "1")
    try Exploration.publish(to: two, "home/second", "2")
    let session = try Self.session([], in: folder)
    try session.wait { $0.contains("Brokers") && $0.contains("one") && $0.contains("two") }
    try session.press(.enter)
    try session.wait { $0.rows[0].contains("one ●") && $0.rows[0].contains("1 topic ") }
    try session.type("B")
    try session.wait { $0.contains("Brokers") && $0.contains("on screen, connected") }
    try session.type("j")
    try session.press(.enter)
    try session.wait { $0.rows[0].contains("two ●") && $0.rows[0].contains("2/2") && $0.rows[0].contains("1 topic ") }
    for value in 1...3 { try Exploration.publish(to: one, "home/first", "\(value)", []) }
    try session.wait { $0.rows[0].contains("2/2 · 3 new") }
    try session.type("[o")
    try session.wait { $0.rows[0].contains("1/2") && !$0.rows[0].contains("new") && $0.tree.contains("first") }
    #expect(!session.screen.contains("second"))
    try two.stop()
    try session.wait { $0.rows[0].contains("1/2 · 1 offline") }
    try session.type("]o")
    try session.wait { $0.rows[0].contains("2/2") && $0.tree.contains("second") }
    try session.type("Bx")
    try session.wait { $0.contains("1 open") && $0.rows[0].contains("one ●") }
    try session.type("q")
    try session.wait { $0.tree.contains("first") && !$0.rows[0].contains("1/2") }
    try Self.quit(session)
    try one.waitForLog { $0.contains("disconnected") }
  }

  @Test func `all brokers are told goodbye`() throws {
    let (one, two) = (try Mosquitto(), try Mosquitto())
    let folder = try TemporaryFolder()
    _ = try Self.configure(folder, "[profiles.one]\nurl = \"\(one.url)\"\n[profiles.two]\nurl = \"\(two.url)\"\n")
    let session = try Self.session(["one"], in: folder)
    try session.wait { $0.rows[0].contains("one ●") && $0.rows[0].contains("live") }
    try session.type("Bj")
    try session.press(.enter)
    try session.wait { $0.rows[0].contains("two ●") && $0.rows[0].contains("live") && $0.rows[0].contains("2/2") }
    try session.type("q")
    #expect(try session.waitForExit() == .exited(0))
    for broker in [one, two] {
      // In MQTT a client that does not say goodbye “closed its connection” in mosquitto's words.
      try broker.waitForLog { $0.contains(/Client mqttscope-[0-9a-f]+ disconnected/) }
    }
  }

  @Test func `a flood from one broker does not hold up another`() throws {
    // Or it would drop messages of QoS 0 for whoever does not read for a moment
    let one = try Mosquitto { _ in ["allow_anonymous true", "max_queued_messages 0"] }
    let two = try Mosquitto()
    let folder = try TemporaryFolder()
    _ = try Self.configure(
      folder,
      """
      [profiles.one]
      url = "\(one.url)"
      subscriptions = ["flood"]
      [profiles.two]
      url = "\(two.url)"
      subscriptions = ["home/#"]
      """)
    let session = try Self.session(["one"], in: folder)
    try session.wait { $0.rows[0].contains("one ●") && $0.rows[0].contains("live") }
    try session.type("Bj")
    try session.press(.enter)
    try session.wait { $0.rows[0].contains("2/2") && $0.rows[0].contains("live") }
    let flood = try PipedProgram("mosquitto_pub", ["-p", "\(one.port)", "-t", "flood", "-l"])
    flood.write(Array(String(repeating: "a line of a flood\n", count: 200_000).utf8))
    flood.closeInput()
    try Exploration.publish(to: two, "home/light", "ON")
    try session.wait { $0.rows[0].contains("1 topic ") && $0.matches("2/2 · [0-9.]+[kM]? new") }
    _ = try flood.finish(within: .seconds(60))
    try session.wait(within: .seconds(60)) { $0.rows[0].contains("200k new") }
    try Self.quit(session)
  }

  @Test func `a first start writes down a broker, tries it, and connects`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "ON")
    let folder = try TemporaryFolder()
    let session = try Self.session([], in: folder)
    try session.wait(for: "No broker is written down yet.")
    try session.type("n")
    try session.wait(for: "New profile")
    try session.type("desk\t127.0.0.1:\(broker.port)")
    try session.control("T")
    try session.wait { $0.contains("✓ Broker") && $0.contains("accepted in") }
    try session.press(.escape)
    try session.wait { !$0.contains("✓ Broker") }
    try session.control("S")
    try session.wait { $0.contains("Saved") && $0.contains("desk") }
    let path = "\(folder.path)/.config/mqttscope/config.toml"
    #expect(try Exploration.read(path) == "[profiles.desk]\nurl = \"127.0.0.1:\(broker.port)\"\n")
    var facts = stat()
    #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    try session.press(.enter)
    try session.wait { $0.rows[0].contains("desk ●") && $0.tree.contains("home") }
    try Self.quit(session)
    // The next start knows when it was used.
    let again = try Self.session([], in: folder)
    try again.wait { $0.matches("desk +127\\.0\\.0\\.1:\(broker.port) .* \\d+ s") }
    try Self.quit(again)
  }

  @Test func `what the screen changes keeps every comment`() throws {
    let folder = try TemporaryFolder()
    let text = """
      # mine, by hand
      [profiles.home]  # the house
      url = "mqtt://127.0.0.1:1"  # nobody there
      # a thought
      keep_alive = 30

      """
    let path = try Self.configure(folder, text)
    let session = try Self.session([], in: folder)
    try session.wait(for: "127.0.0.1:1")
    try session.type("e")
    try session.wait(for: "Profile home")
    try session.type("9")
    try session.wait(for: "not saved")
    try session.control("S")
    try session.wait(for: "Saved")
    #expect(try Exploration.read(path) == text.replacing("127.0.0.1:1\"", with: "127.0.0.1:19\""))
    try Self.quit(session)
  }

  @Test func `a broken configuration is told by line, and stays as it is`() throws {
    let folder = try TemporaryFolder()
    let path = try Self.configure(folder, "[profiles.a]\nurl = \"x\"\nurl = \"y\"\n")
    let session = try Self.session([], in: folder)
    try session.wait { $0.contains("cannot be read") && $0.contains("line 3") }
    try session.type("n")
    try session.wait(for: "New profile")
    try session.type("b\tlocalhost")
    try session.control("S")
    try session.wait(for: "Nothing was written")
    #expect(try Exploration.read(path) == "[profiles.a]\nurl = \"x\"\nurl = \"y\"\n")
    try Self.quit(session)
  }

  @Test func `a profile's name is enough, with a password from a command`() throws {
    let broker = try Mosquitto { folder in
      let file = "\(folder.path)/passwords"
      let made = try PipedProgram.run("mosquitto_passwd", ["-b", "-c", file, "ann", "sécret"])
      #expect(made.status == .exited(0), "\(made.errorText)")
      return ["allow_anonymous false", "password_file \(file)"]
    }
    let folder = try TemporaryFolder()
    _ = try Self.configure(
      folder,
      """
      [profiles.safe]
      url = "\(broker.url)"
      username = "ann"
      password_command = "printf 'sécret\\\\nuser: ann\\\\n'"

      [profiles.unsafe]
      url = "\(broker.url)"
      username = "ann"
      password_command = "sh -c 'echo a word of its own >&2; exit 3'"

      [profiles.shell]
      url = "\(broker.url)"
      username = "ann"
      password_command = "echo sécret | cat"
      """)
    let session = try Self.session(["safe"], in: folder)
    try session.wait { $0.rows[0].contains("safe ●") && $0.rows[0].contains("live") }
    try Self.quit(session)
    let other = try Self.session(["--profile", "unsafe"], in: folder)
    try other.wait {
      $0.flowing.contains("The password command sh ended with status 3. It said: “a word of its own”. r runs it")
    }
    try other.type("r")
    try other.wait {
      $0.flowing.contains("a word of its own") && $0.flowing.contains("sh ended with status 3. Enter goes back.")
    }
    try other.press(.enter)
    try other.wait { $0.isAlternate && $0.flowing.contains("The password command sh ended with status 3.") }
    try Self.quit(other)
    let third = try Self.session(["shell"], in: folder)
    try third.wait { $0.flowing.contains("which only a shell understands") }
    try Self.quit(third)
  }

  @Test func `a profile that is not there or not whole ends with a sentence`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.configure(folder, "[profiles.a]\nurl = 3\n")
    let environment = TestEnvironment.inherited(adding: ["HOME": folder.path, "XDG_CONFIG_HOME": ""])
    let missing = try PipedProgram.run(Products.mqttscope, ["--profile", "b"], environment: environment)
    #expect(missing.status == .exited(1) && missing.errorText.contains("There is no profile “b”"))
    let broken = try PipedProgram.run(Products.mqttscope, ["a"], environment: environment)
    #expect(broken.status == .exited(1) && broken.errorText.contains("config.toml, line 2, url"))
  }

  @Test func `brokers of another program are imported once, their passwords in files of their own`() throws {
    let folder = try TemporaryFolder()
    let path = try Self.configure(folder, "# mine\n")
    let options = try folder.write("-h garage.local\n-u ann\n-P pst\n-F %p\n", to: "mosquitto_sub")
    let environment = TestEnvironment.inherited(adding: ["HOME": folder.path, "XDG_CONFIG_HOME": ""])
    let outcome = try PipedProgram.run(Products.mqttscope, ["import", options], environment: environment)
    #expect(outcome.status == .exited(0), "\(outcome.errorText)")
    #expect(outcome.errorText.contains("Added “garage.local”") && outcome.errorText.contains("the option -F"))
    let secret = "\(folder.path)/.config/mqttscope/passwords/garage_local"
    let expected = """
      # mine

      [profiles."garage.local"]
      url = "mqtt://garage.local"
      username = "ann"
      password_file = "\(secret)"

      """
    #expect(try Exploration.read(path) == expected)
    #expect(try Exploration.read(secret) == "pst")
    var facts = stat()
    #expect(stat(secret, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    let again = try PipedProgram.run(Products.mqttscope, ["import", options], environment: environment)
    #expect(again.errorText.contains("is there already"))
    #expect(try Exploration.read(path) == expected)
  }
}
