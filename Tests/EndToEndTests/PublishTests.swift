import Glibc
import TestSupport
import Testing

/// `mqttscope publish` against a real broker, seen by a client that is not ours.
@Suite struct PublishTests {
  /// Publishes to `test` with these arguments.
  private func publish(
    to broker: Mosquitto, _ arguments: [String], input: String = ""
  ) throws -> PipedProgram.Outcome {
    try PipedProgram.run(Products.mqttscope, ["publish", broker.url, "test"] + arguments, input: input)
  }

  /// A subscriber of mosquitto's that prints this many messages in this form, behind a first line of its own.
  private func watcher(of broker: Mosquitto, _ count: Int, _ form: String, qos: Int = 2) throws -> PipedProgram {
    let place = ["-p", "\(broker.port)"]  // a retained message says that it has subscribed
    _ = try PipedProgram.run("mosquitto_pub", place + ["-t", "ready", "-m", "!", "-r"])
    let filters = ["-V", "5", "-q", "\(qos)", "-t", "test", "-t", "ready"]
    let watcher = try PipedProgram(
      "mosquitto_sub", place + filters + ["-F", form, "-W", "20", "-C", "\(count + 1)"])
    try watcher.wait { $0.output.contains(0x0a) }
    return watcher
  }

  @Test(arguments: ["5", "3.1.1"], [0, 1, 2])
  func `each QoS arrives in each version`(version: String, qos: Int) throws {
    let broker = try Mosquitto()
    let watcher = try watcher(of: broker, 1, "%q%r %p|")
    let outcome = try publish(to: broker, ["-m", "hello", "--qos", "\(qos)", "--protocol", version])
    #expect(outcome.status == .exited(0) && outcome.output.isEmpty && outcome.errors.isEmpty)
    #expect(try watcher.finish().outputText.hasSuffix("\n\(qos)0 hello|\n"))
  }

  @Test func `a retained message stays until an empty one deletes it`() throws {
    let broker = try Mosquitto()
    #expect(try publish(to: broker, ["-m", "-5", "--retain"]).status == .exited(0))
    #expect(try Exploration.retained("test", in: broker) == "-5")
    #expect(try publish(to: broker, ["-m", "", "--retain"]).status == .exited(0))
    #expect(try Exploration.retained("test", in: broker) == "")
  }

  @Test func `nothing on standard input deletes no retained message`() throws {
    let broker = try Mosquitto()
    #expect(try publish(to: broker, ["-m", "kept", "--retain"]).status == .exited(0))
    for arguments in [["--retain"], ["--retain", "--lines"]] {
      let outcome = try publish(to: broker, arguments, input: arguments.count == 1 ? "" : "\n")
      #expect(outcome.status == .exited(1) && outcome.errorText.contains("--message ''"))
    }
    #expect(try Exploration.retained("test", in: broker) == "kept")
  }

  @Test func `standard input and files arrive byte for byte`() throws {
    let broker = try Mosquitto()
    let folder = try TemporaryFolder()
    let watcher = try watcher(of: broker, 2, "%x")
    #expect(try publish(to: broker, [], input: "a\n\0é\n").status == .exited(0))
    #expect(try publish(to: broker, ["--file", folder.write("\r\n", to: "f")]).status == .exited(0))
    #expect(try watcher.finish().outputText.hasSuffix("610a00c3a90a\n0d0a\n"))
  }

  @Test func `properties arrive in their order`() throws {
    let broker = try Mosquitto()
    let watcher = try watcher(of: broker, 1, "%C|%R|%D|%F|%P")
    let properties = [
      "--property", "content-type=text/plain", "--property", "response-topic=re", "--property", "correlation-data=42",
      "--property", "payload-format-indicator=1", "--user-property", "b=1", "--user-property", "a=2",
    ]
    #expect(try publish(to: broker, ["-m", "x"] + properties).status == .exited(0))
    #expect(try watcher.finish().outputText.hasSuffix("text/plain|re|42|1|b:1 a:2\n"))
  }

  @Test(arguments: [0, 1, 2]) func `every line is a message, in order`(qos: Int) throws {
    let broker = try Mosquitto { _ in ["allow_anonymous true", "max_queued_messages 0"] }
    // At QoS 2 mosquitto_sub 2.0.11 itself ends half way with a protocol error, whoever publishes.
    let watcher = try watcher(of: broker, 3000, "%p", qos: 1)
    let lines = (1...3000).map { "line \($0)" }
    let outcome = try publish(to: broker, ["--lines", "--qos", "\(qos)"], input: lines.joined(separator: "\n"))
    #expect(outcome.status == .exited(0))
    let seen = try watcher.finish().outputText.split(separator: "\n").dropFirst().map(String.init)
    #expect(seen.count == lines.count && seen == lines)
  }

  @Test func `a line is sent when it is there, not when the input ends`() throws {
    let broker = try Mosquitto()
    let watcher = try watcher(of: broker, 1, "%p")
    let publisher = try PipedProgram(Products.mqttscope, ["publish", broker.url, "test", "--lines"])
    publisher.write(Array("now\n".utf8))
    #expect(try watcher.finish().outputText.hasSuffix("now\n"))
    publisher.closeInput()
    #expect(try publisher.finish().status == .exited(0))
  }

  @Test func `lines are not read faster than the broker takes them`() throws {
    let server = try ScriptedServer()
    let arguments = ["publish", server.url, "test", "--lines", "--qos", "1", "--protocol", "3.1.1"]
    let publisher = try PipedProgram(Products.mqttscope, arguments)
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 0x02, 0x00, 0x00])
    let line = [UInt8](repeating: 0x61, count: 9999) + [0x0a]
    for _ in 0..<5000 { publisher.write(line) }  // 50 MB, none of them acknowledged
    try? publisher.wait(within: .milliseconds(300)) { $0.unwrittenCount < 40_000_000 }
    #expect(publisher.unwrittenCount > 40_000_000)
    publisher.process.send(signal: SIGTERM)
    #expect(try publisher.process.waitForExit() == .killed(signal: SIGTERM))
  }

  @Test func `a connection lost half way is said with what had been accepted`() throws {
    let server = try ScriptedServer()
    let publisher = try PipedProgram(
      Products.mqttscope, ["publish", server.url, "test", "--lines", "--qos", "1", "--protocol", "3.1.1"])
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 0x02, 0x00, 0x00])
    publisher.write(Array("one\ntwo\n".utf8))
    let first = try connection.receivePacket()
    try connection.send([0x40, 0x02, first[8], first[9]])
    _ = try connection.receivePacket()
    connection.close()
    let outcome = try publisher.finish()
    #expect(outcome.status == .exited(1))
    #expect(outcome.errorText.contains("closed the connection") && !outcome.errorText.contains("subscription"))
    #expect(outcome.errorText.contains("Of 2 messages, 1 had been accepted, 1 may or may not have arrived."))
  }

  @Test func `a message that waits long for its acknowledgement is told of, and so is that it got none`() throws {
    let server = try ScriptedServer()
    let publisher = try PipedProgram(
      Products.mqttscope, ["publish", server.url, "test", "-m", "x", "--qos", "1", "--protocol", "5"])
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 3, 0, 0, 0])
    _ = try connection.receivePacket()
    try publisher.wait {
      String(decoding: $0.errors, as: UTF8.self).contains("waiting for the broker to acknowledge the message")
    }
    try connection.send([0xE0, 1, 0x8B])
    let outcome = try publisher.finish()
    #expect(outcome.status == .exited(1))
    #expect(outcome.errorText.contains("139 Server shutting down. The message may or may not have arrived."))
  }

  @Test(arguments: [1, 2])
  func `what was acknowledged stays so, however soon the broker closes behind it`(qos: Int) throws {
    for _ in 0..<5 {
      let server = try ScriptedServer()
      let publisher = try PipedProgram(
        Products.mqttscope, ["publish", server.url, "test", "-m", "x", "--qos", "\(qos)", "--protocol", "3.1.1"])
      let connection = try server.accept()
      _ = try connection.receivePacket()
      try connection.send([0x20, 2, 0, 0])
      _ = try connection.receivePacket()
      if qos == 2 {
        try connection.send([0x50, 2, 0, 1])
        _ = try connection.receivePacket()
      }
      try connection.send([qos == 1 ? 0x40 : 0x70, 2, 0, 1])
      connection.close()
      let outcome = try publisher.finish()
      #expect(outcome.status == .exited(0), "\(outcome.errorText)")
    }
  }

  @Test func `lines whose delivery ended with the session that the broker forgot are sent again by the next run`()
    throws
  {
    let folder = try TemporaryFolder()
    let server = try ScriptedServer()
    func run(_ talk: (ScriptedServer.Connection) throws -> Void) throws -> PipedProgram.Outcome {
      let publisher = try PipedProgram(
        Products.mqttscope,
        [
          "publish", server.url, "t", "--lines", "--resume", "--persistent", "--client-id", "feeder", "--qos", "1",
          "--protocol", "3.1.1",
        ], environment: TestEnvironment.inherited(adding: ["HOME": folder.path, "XDG_STATE_HOME": folder.path]))
      publisher.write(Array("one\ntwo\nthree\n".utf8))
      publisher.closeInput()
      let connection = try server.accept()
      _ = try connection.receivePacket()
      try connection.send([0x20, 2, 0, 0])
      try talk(connection)
      return try publisher.finish()
    }
    func expect(_ line: String, on connection: ScriptedServer.Connection, isAcknowledged: Bool = true) throws {
      let packet = try connection.receivePacket()
      #expect(String(decoding: packet.dropFirst(7), as: UTF8.self) == line)
      if isAcknowledged { try connection.send([0x40, 2, packet[5], packet[6]]) }
    }
    let first = try run { connection in
      try expect("one", on: connection)
      try expect("two", on: connection, isAcknowledged: false)
      try expect("three", on: connection)
      connection.close()
    }
    #expect(first.status == .exited(1))
    let second = try run { connection in
      try expect("two", on: connection)
      #expect(try connection.receivePacket() == [0xE0, 0])
      connection.close()
    }
    #expect(second.status == .exited(0), "\(second.errorText)")
    #expect(
      second.errorText.contains(
        "the first 3 lines were sent before; the broker forgot the session with 1 of them, which is sent again; the others "
          + "are passed over"))
    let third = try run { connection in
      let goodbye = try connection.receivePacket()
      #expect(goodbye == [0xE0, 0])
      connection.close()
    }
    #expect(third.errorText.contains("the first 3 lines were sent before and are passed over"))
  }

  /// Publishes a file of this size at QoS 0 to a server that has accepted us.
  private func publishLarge(
    _ size: Int, _ talk: (PipedProgram, ScriptedServer.Connection) throws -> Void
  ) throws -> PipedProgram.Outcome {
    let folder = try TemporaryFolder()
    let file = try folder.write(String(repeating: "x", count: size), to: "large")
    let server = try ScriptedServer()
    let publisher = try PipedProgram(
      Products.mqttscope, ["publish", server.url, "test", "--file", file, "--protocol", "3.1.1"])
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 2, 0, 0])
    try talk(publisher, connection)
    connection.close()
    return try publisher.finish()
  }

  @Test func `at QoS 0 a message that was cut off on its way is no success`() throws {
    let outcome = try publishLarge(40 << 20) { _, connection in _ = try connection.receive(1 << 20) }
    #expect(outcome.status == .exited(1) && outcome.errorText.contains("Not all that was sent has left."))
  }

  @Test func `a broker that reads slowly gets all of a large message of QoS 0`() throws {
    let outcome = try publishLarge(30 << 20) { publisher, connection in
      try publisher.wait { String(decoding: $0.errors, as: UTF8.self).contains("sending what is left") }
      let rest = try connection.receiveUntilClosed(within: .seconds(60))
      #expect(rest.count > 30 << 20 && rest.suffix(2) == [0xE0, 0])
    }
    #expect(outcome.status == .exited(0))
  }

  @Test func `what the broker does not accept ends with 77 and its words`() throws {
    let broker = try Mosquitto { folder in
      ["allow_anonymous true", "acl_file \(try folder.write("topic read #\n", to: "acl"))"]
    }
    let outcome = try publish(to: broker, ["-m", "x", "--qos", "1"])
    #expect(outcome.status == .exited(77))
    #expect(outcome.errorText.contains("135 Not authorized"))
  }
}
