import TestSupport
import Testing

/// What the broker does not allow, told on the screen.
@Suite struct ExploreRefusalTests {
  /// A broker that grants subscriptions to `home/#` alone.
  static func narrowBroker() throws -> Mosquitto {
    let plugins = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/local/lib"].map {
      "\($0)/mosquitto_dynamic_security.so"
    }
    let found = plugins.first { (try? Exploration.read($0)) != nil }
    let plugin = try #require(found, "mosquitto's own plugin is missing: apt-get install mosquitto")
    return try Mosquitto { folder in
      let rules = """
        {"defaultACLAccess": {"publishClientSend": true, "publishClientReceive": true, "subscribe": false,
          "unsubscribe": true}, "anonymousGroup": "anyone", "clients": [],
          "groups": [{"groupname": "anyone", "roles": [{"rolename": "narrow"}]}],
          "roles": [{"rolename": "narrow", "acls": [
            {"acltype": "subscribePattern", "topic": "home/#", "allow": true}]}]}
        """
      return [
        "allow_anonymous true", "plugin \(plugin)",
        "plugin_opt_config_file \(try folder.write(rules, to: "rules.json"))",
      ]
    }
  }

  @Test(arguments: [("5", "135 Not authorized"), ("3.1.1", "128 ")])
  func `a refused subscription is explained, and another one offered`(version: String, words: String) throws {
    let broker = try Self.narrowBroker()
    let exploration = try Exploration(broker, ["--protocol", version, "-t", "#"])
    try exploration.session.wait(for: "The broker refused what we asked to see.")
    let screen = try exploration.session.wait(for: "Try home/#: s, then a.")
    #expect(screen.contains("#: \(words)") && screen.rows[0].contains("refused #"))
    try exploration.quit()
  }

  @Test func `one refused subscription of two is named while the other one works`() throws {
    let broker = try Self.narrowBroker()
    try Exploration.publish(to: broker, "home/light", "ON")
    let exploration = try Exploration(broker, ["-t", "home/#", "-t", "#"])
    try exploration.openAll(until: "◆ light")
    try exploration.session.wait { $0.rows[0].contains("refused #") }
  }

  @Test(arguments: [
    (1, "unsupported"), (2, "dentifier"), (3, "unavailable"), (4, "user name"), (5, "Not authorized"),
  ])
  func `each refusal of 3.1.1 has its sentence, and r tries again`(code: UInt8, words: String) throws {
    let meeting = try HostileMeeting()
    let connection = try meeting.accept()
    try connection.send([0x20, 0x02, 0x00, code])
    try meeting.session.wait { $0.flowing.contains("The broker refused the connection: \(code) ") }
    #expect(meeting.session.screen.flowing.lowercased().contains(words.lowercased()))
    try meeting.expectAlive()
  }

  @Test func `a refusal of CONNECT of 5.0 in the words of 3.1.1 has the number that was sent`() throws {
    let server = try ScriptedServer()
    let publisher = try PipedProgram(Products.mqttscope, ["publish", server.url, "t", "-m", "x"])
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 2, 0, 5])
    let outcome = try publisher.finish()
    #expect(outcome.status == .exited(77) && outcome.errorText.contains("refused the connection: 5 Not authorized."))
  }

  @Test func `a web server in the broker's place is recognised, with its own words as evidence`() throws {
    let meeting = try HostileMeeting()
    let connection = try meeting.accept()
    try connection.send(Array("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n".utf8))
    try meeting.wait(forSentence: "It sent: “HTTP/1.1 400 Bad Request”")
    try meeting.wait(forSentence: "That is HTTP: a web server answers on this port.")
    try meeting.session.type("L")
    try meeting.session.wait { $0.matches("← .* malformed") }
    try meeting.session.control("C")
    #expect(try meeting.session.waitForExit() == .exited(0))
  }

  @Test(arguments: [
    (0x80, "Unspecified error"), (0x87, "135 Not authorized"), (0x88, "unavailable"), (0x89, "busy"),
    (0x8a, "Banned"), (0x9d, "moved"),
  ])
  func `each refusal of 5 has its sentence`(code: UInt8, words: String) throws {
    let meeting = try HostileMeeting(version: "5")
    let connection = try meeting.accept()
    let reason = Array("the reason in its own words".utf8)
    let properties = [0x1f, 0x00, UInt8(reason.count)] + reason
    try connection.send(
      [0x20, UInt8(3 + properties.count), 0x00, code, UInt8(properties.count)] + properties)
    try meeting.wait(forSentence: "The broker refused the connection: ")
    let sentence = meeting.session.screen.flowing
    #expect(sentence.lowercased().contains(words.lowercased()))
    #expect(sentence.contains("It says: “the reason in its own words”."))
    try meeting.session.control("C")
    #expect(try meeting.session.waitForExit() == .exited(0))
  }
}
