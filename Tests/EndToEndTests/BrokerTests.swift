import Glibc
import TestSupport
import Testing

/// The real binary as a broker: what it says, and how it ends.
@Suite struct BrokerTests {
  @Test(arguments: [2, 15]) func `the broker says who can connect, and ends in order by a signal`(signal: Int32) throws
  {
    let ports = [try Loopback.freePort(), try Loopback.freePort()]
    let broker = try PipedProgram(
      Products.mqttscope, ["broker", "--listen", "\(ports[0])", "--listen", "ws://0.0.0.0:\(ports[1])"])
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
    let words = String(decoding: broker.errors, as: UTF8.self)
    #expect(words.contains("mqtt://127.0.0.1:\(ports[0]), for programs of this machine alone"))
    #expect(words.contains("ws://0.0.0.0:\(ports[1]): whoever reaches this machine can connect, without a password"))
    broker.process.send(signal: signal)
    let outcome = try broker.finish()
    #expect(outcome.status == .exited(0) && outcome.output.isEmpty)
  }

  @Test func `a port in use is said and ends with 1, mistakes of usage with 64`() throws {
    let broker = try BuiltInBroker()
    let second = try PipedProgram.run(Products.mqttscope, ["broker", "--listen", "\(broker.port)"])
    #expect(second.status == .exited(1) && second.errorText.contains("127.0.0.1:\(broker.port)"))
    #expect(second.errorText.contains("another program listens"))
    for (place, words) in [
      ("nowhere.invalid:1884", "no address belongs to the name"), ("192.0.2.1:1884", "no address of this machine"),
      ("unix:///no/such/place", "does not exist"), ("unix:///proc/version", "is no socket"),
    ] {
      let outcome = try PipedProgram.run(Products.mqttscope, ["broker", "--listen", place])
      #expect(outcome.status == .exited(1) && outcome.errorText.contains(words), "\(outcome.errorText)")
    }
    for arguments in [
      ["--listen", "http://x"], ["--listen", "mqtts://"], ["--cert", "x"], ["--receive-maximum", "0"],
      ["--max-packet-size", "9223372036854775807"], ["--queue", "0"], ["--listen", ""],
      ["--listen", "1999", "--listen", "127.0.0.1:1999"], ["--hash-password", "a\nb"],
    ] {
      #expect(try PipedProgram.run(Products.mqttscope, ["broker"] + arguments).status == .exited(64))
    }
    #expect(try PipedProgram.run(Products.mqttscope, ["broker", "--rules", "/no/such"]).status == .exited(1))
  }

  @Test func `a socket that a broker listens at is not taken from it, one that it left behind is used again`() throws {
    let folder = try TemporaryFolder()
    let url = "unix://\(folder.path)/socket"
    let first = try PipedProgram(Products.mqttscope, ["broker", "--listen", url])
    try first.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
    let second = try PipedProgram.run(Products.mqttscope, ["broker", "--listen", url])
    #expect(second.status == .exited(1) && second.errorText.contains("another program listens at this path"))
    first.process.send(signal: 9)
    _ = try first.finish()
    let third = try PipedProgram(Products.mqttscope, ["broker", "--listen", url])
    try third.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
    third.process.send(signal: 15)
    #expect(try third.finish().status == .exited(0))
  }

  @Test func `what clients need to be let in is said of each listener`() throws {
    let certificates = try Certificates()
    let identity = try certificates.issue(["DNS:localhost"], named: "broker")
    let (plain, secure) = (try Loopback.freePort(), try Loopback.freePort())
    let rules = try certificates.folder.write("topic #\n", to: "rules")
    let broker = try PipedProgram(
      Products.mqttscope,
      [
        "broker", "--listen", "0.0.0.0:\(plain)", "--listen", "mqtts://0.0.0.0:\(secure)", "--rules", rules, "--cert",
        identity.certificate, "--key", identity.key, "--client-ca", certificates.authority,
      ])
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
    let words = String(decoding: broker.errors, as: UTF8.self)
    #expect(words.contains("mqtt://0.0.0.0:\(plain): whoever reaches this machine can connect, without a password."))
    #expect(words.contains("can connect, with a certificate of \(certificates.authority)."))
    #expect(words.contains("--rules protects nothing"))
    broker.process.send(signal: 15)
    _ = try broker.finish()
  }

  @Test func `where no more files can be open those who come wait, and are served when others have gone`() throws {
    let port = try Loopback.freePort()
    let broker = try PipedProgram(
      "sh", ["-c", "ulimit -n 40; exec \"$0\" broker --listen \(port)", Products.mqttscope])
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
    let connections = try (0..<45).map { _ in try Loopback.connect(port: port) }
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("Too many open files") }
    for connection in connections { connection.close() }
    let late = try Loopback.connect(port: port)
    try late.send([UInt8](written: "10 0D 0004 'MQTT' 04 02 003C 0001 'a'"))
    #expect(try late.receivePacket() == [0x20, 2, 0, 0])
    broker.process.send(signal: 15)
    #expect(try broker.finish().status == .exited(0))
  }

  @Test func `a folder that is deleted while the broker keeps its data there ends the broker with a sentence`() throws {
    let folder = try TemporaryFolder()
    let data = "\(folder.path)/data"
    let port = try Loopback.freePort()
    let broker = try PipedProgram(Products.mqttscope, ["broker", "--listen", "\(port)", "--data", data])
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
    _ = try PipedProgram.run("rm", ["-r", data])
    let outcome = try broker.finish()
    #expect(
      outcome.status == .exited(1) && outcome.errorText.contains("was deleted or moved away while the broker ran"))
    #expect(!outcome.errorText.contains("as far as that can be read"))
  }

  @Test func `after a hangup the rules of the file as it is now count, and a file that is wrong changes nothing`()
    throws
  {
    let folder = try TemporaryFolder()
    let rules = try folder.write("topic readwrite a\n", to: "rules")
    let port = try Loopback.freePort()
    let broker = try PipedProgram(Products.mqttscope, ["broker", "--listen", "\(port)", "--rules", rules])
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
    let isWritable = { (topic: String) in
      let publish = ["-p", "\(port)", "-V", "5", "-q", "1", "-t", topic, "-m", "x"]
      return !(try PipedProgram.run("mosquitto_pub", publish).errorText.contains("Not authorized"))
    }
    #expect(try isWritable("a") && !isWritable("b"))
    _ = try folder.write("topic readwrite b\n", to: "rules")
    broker.process.send(signal: SIGHUP)
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("were read again") }
    #expect(try !isWritable("a") && isWritable("b"))
    _ = try folder.write("topics b\n", to: "rules")
    broker.process.send(signal: SIGHUP)
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("What was read before goes on.") }
    #expect(String(decoding: broker.errors, as: UTF8.self).contains("mqttscope: \(rules): Line 1 begins with none of"))
    #expect(try isWritable("b"))
    broker.process.send(signal: SIGTERM)
    #expect(try broker.finish().status == .exited(0))
  }

  @Test func `what a publisher that may not write any more has retained is hidden by a hangup, and by a restart`()
    throws
  {
    let folder = try TemporaryFolder()
    let (open, closed) = ("topic readwrite a\n", "topic read a\n")
    let rules = try folder.write(open, to: "rules")
    let port = try Loopback.freePort()
    let arguments = ["broker", "--listen", "\(port)", "--rules", rules, "--data", "\(folder.path)/data"]
    let isShown = {
      let client = try Loopback.connect(port: port)
      try client.send([UInt8](written: "10 0D 0004 'MQTT' 04 02 003C 0001 's' 82 06 0001 0001 'a' 00 C0 00"))
      #expect(try client.receivePacket() == [0x20, 2, 0, 0] && client.receivePacket() == [0x90, 3, 0, 1, 0])
      return try client.receivePacket() != [0xD0, 0]  // what is retained comes before PINGRESP
    }
    let broker = try PipedProgram(Products.mqttscope, arguments)
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
    _ = try PipedProgram.run("mosquitto_pub", ["-p", "\(port)", "-q", "1", "-r", "-t", "a", "-m", "x"])
    #expect(try isShown())
    for (turn, text) in [closed, open, closed].enumerated() {
      _ = try folder.write(text, to: "rules")
      broker.process.send(signal: SIGHUP)
      try broker.wait {
        String(decoding: $0.errors, as: UTF8.self).split(separator: "were read again").count > turn + 1
      }
      #expect(try isShown() == (text == open), "turn \(turn)")
    }
    broker.process.send(signal: SIGKILL)
    _ = try broker.finish()
    for text in [closed, open] {
      _ = try folder.write(text, to: "rules")
      let next = try PipedProgram(Products.mqttscope, arguments)
      try next.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
      #expect(try isShown() == (text == open))
      next.process.send(signal: SIGTERM)
      #expect(try next.finish().status == .exited(0))
    }
  }

  @Test func `each mistake in the files of TLS has a sentence of its own`() throws {
    let certificates = try Certificates()
    let one = try certificates.issue(["DNS:localhost"], named: "one")
    let other = try certificates.issue(["DNS:localhost"], named: "other")
    let garbage = try certificates.folder.write("garbage", to: "garbage")
    let locked = "\(certificates.folder.path)/locked"
    _ = try PipedProgram.run("openssl", ["pkey", "-in", one.key, "-aes256", "-passout", "pass:x", "-out", locked])
    for (certificate, key, authorities, words) in [
      ("/no/such", one.key, nil, "/no/such cannot be read: No such file or directory."),
      (one.certificate, "/no/such", nil, "/no/such cannot be read: No such file or directory."),
      (garbage, one.key, nil, "\(garbage) holds no certificate in PEM"),
      (one.certificate, garbage, nil, "\(garbage) holds no private key in PEM"),
      (one.certificate, locked, nil, "is encrypted; openssl pkey"),
      (one.certificate, other.key, nil, "is not the one of the certificate"),
      (one.certificate, one.key, garbage, "\(garbage) holds no certificate of an authority"),
    ] as [(String, String, String?, String)] {
      let more = authorities.map { ["--client-ca", $0] } ?? []
      let outcome = try PipedProgram.run(
        Products.mqttscope,
        ["broker", "--listen", "mqtts://127.0.0.1:0", "--cert", certificate, "--key", key] + more)
      #expect(outcome.status == .exited(1) && outcome.errorText.contains(words), "\(outcome.errorText)")
    }
  }

  @Test func `a certificate that clients refuse is told at the start`() throws {
    let certificates = try Certificates()
    for (identity, words) in [
      (try certificates.issue(["DNS:localhost"], named: "old", to: 2021), "expired on 2021-01-01"),
      (try certificates.issue(["DNS:localhost"], named: "new", from: 2080), "valid from 2080-01-01 on"),
      (try certificates.issue([], named: "nameless"), "names no host (subjectAltName)"),
      (try certificates.issue(["DNS:localhost"], named: "good"), nil),
    ] as [(Certificates.Identity, String?)] {
      let broker = try PipedProgram(
        Products.mqttscope,
        [
          "broker", "--listen", "mqtts://127.0.0.1:\(try Loopback.freePort())", "--cert", identity.certificate, "--key",
          identity.key,
        ])
      try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
      let said = String(decoding: broker.errors, as: UTF8.self)
      #expect(said.contains(words ?? "of this machine alone"), "\(said)")
      #expect(said.contains("The certificate") == (words != nil), "\(said)")
      broker.process.send(signal: 15)
      _ = try broker.finish()
    }
  }

  @Test func `a broker may offer less`() throws {
    let broker = try BuiltInBroker(listeners: [], ["--refuse-all", "--max-qos", "1", "--max-connections", "2"])
    let place = ["-h", "127.0.0.1", "-p", "\(broker.port)", "-V", "5"]
    let everything = try PipedProgram.run("mosquitto_sub", place + ["-t", "#", "-C", "1"])
    #expect(everything.errorText.contains("denied"))
    let exactlyOnce = try PipedProgram.run("mosquitto_pub", place + ["-t", "a", "-m", "x", "-q", "2"])
    #expect(exactlyOnce.status != .exited(0) || !exactlyOnce.errors.isEmpty)
    let connections = try (0..<5).map { _ in try Loopback.connect(port: broker.port) }
    let accepted = connections.indices.filter { number in
      let connect = [UInt8](written: "10 0D 0004 'MQTT' 04 02 003C 0001 '\(number)'")
      guard (try? connections[number].trickle(connect, every: .zero)) == true else { return false }
      return (try? connections[number].receive(4)) == [0x20, 2, 0, 0]
    }
    #expect(accepted.count <= 2)
  }
}
