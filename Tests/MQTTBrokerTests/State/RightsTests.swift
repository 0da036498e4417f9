import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// What clients may read and write by the rules of a broker.
struct RightsTests {
  private static let file = """
    # for those without a name
    topic read public/#

    user ann
    topic readwrite home/+/light
    topic read home/#
    topic deny   home/safe
    topic write\tlog/x
    user bob 
    topic read office/# 	
    pattern readwrite own/%u/#
    pattern write device/%c/state
    pattern deny own/%u/locked

    """

  private static func script(isKeeping: Bool = false) throws -> Script {
    Script(Access(rules: try AccessRules(file)), isKeeping: isKeeping)
  }

  private static func enter(_ script: inout Script, _ place: Int, _ name: String?, id: String? = nil) -> [Script.Said] {
    script.open(
      place,
      Connect(
        clientID: id ?? name ?? "nobody", cleanStart: false, username: name, properties: [.sessionExpiryInterval(60)]))
  }

  @Test func `a filter is granted if something of it may be read, and only that is delivered`() throws {
    var script = try Self.script()
    _ = Self.enter(&script, 0, "ann")
    for (filter, isGranted) in [
      ("#", true), ("+/+", true), ("home/#", true), ("home/kitchen/light", true), ("home", true), ("+/ann/x", true),
      ("$share/s/home/+", true), ("public/#", false), ("office/#", false), ("home/safe", false), ("own/bob/#", false),
      ("own/ann/locked", false), ("log/x", false), ("$SYS/#", false), ("$share/s/office/#", false),
    ] {
      let codes = script.subscribe(filter, .atMostOnce, from: 0).codes(to: 0)
      #expect(codes == [isGranted ? .success : .notAuthorized], "\(filter)")
    }
    _ = Self.enter(&script, 2, "bob")
    #expect(script.subscribe("office/x", from: 2).codes(to: 2) == [.grantedQoS2])
    let stranger = script.connect(1, "s", .v3_1_1).connack(to: 1)
    #expect(stranger?.reasonCode == .success)
    #expect(script.subscribe("office/#", from: 1).codes(to: 1) == [.unspecifiedError])
    #expect(script.subscribe("public/#", from: 1).codes(to: 1) == [.grantedQoS2])
  }

  @Test func `messages, retained ones and wills reach who may read them, and nobody else`() throws {
    var script = try Self.script()
    let everything = try AccessRules("user root\ntopic #\nuser ann\ntopic read home/#\ntopic deny home/safe")
    script.state.access.rules = everything
    _ = Self.enter(&script, 0, "root")
    for topic in ["home/a", "home/safe", "office/a"] {
      _ = script.publish(topic, topic, retain: true, from: 0)
    }
    _ = Self.enter(&script, 1, "ann")
    #expect(script.subscribe("#", from: 1).payloads(to: 1) == ["home/a"])
    #expect(script.publish("home/b", "live", from: 0).payloads(to: 1) == ["live"])
    #expect(script.publish("home/safe", "live", from: 0).payloads(to: 1) == [])
    #expect(script.publish("office/a", "live", from: 0).payloads(to: 1) == [])
  }

  @Test func `in a share the message goes to one who may read it`() throws {
    var script = try Self.script()
    script.state.access.rules = try AccessRules("user ann\ntopic read home/#\nuser root\ntopic #")
    _ = Self.enter(&script, 0, "root")
    _ = Self.enter(&script, 1, "ann")
    _ = Self.enter(&script, 2, "root", id: "other")
    _ = script.subscribe("$share/s/#", from: 1)
    _ = script.subscribe("$share/s/#", from: 2)
    for _ in 0..<4 {
      let said = script.publish("office/a", from: 0)
      #expect(said.topics(to: 1) == [] && said.topics(to: 2) == ["office/a"])
    }
  }

  @Test func `what is written needs a rule that allows it and none that denies it`() throws {
    var script = try Self.script()
    _ = Self.enter(&script, 0, "ann", id: "lamp")
    for (topic, isAllowed) in [
      ("home/kitchen/light", true), ("home/kitchen", false), ("home/safe", false), ("log/x", true), ("log/y", false),
      ("own/ann", true), ("own/ann/x", true), ("own/ann/locked", false), ("own/bob/x", false),
      ("device/lamp/state", true), ("device/door/state", false), ("public/x", false),
    ] {
      guard case .packet(0, .puback(let answer)) = script.publish(topic, qos: .atLeastOnce, from: 0).last else {
        Issue.record("no PUBACK for \(topic)")
        continue
      }
      #expect((answer.reasonCode != .notAuthorized) == isAllowed, "\(topic)")
    }
    let refused = script.publish("home/safe", qos: .exactlyOnce, id: 8, from: 0)
    #expect(refused == [.packet(0, .pubrec(Acknowledgement(8, .notAuthorized)))])
    // What was acknowledged is not given up for what is not let in
    _ = script.publish("own/ann", "held", qos: .exactlyOnce, id: 9, from: 0)
    _ = script.publish("home/safe", qos: .exactlyOnce, id: 9, from: 0)
    #expect(script.state.sessions[0].unreleased[9]?.topicText == "own/ann")
    let will = Will(topic: "home/safe", payload: ByteBuffer())
    let said = script.open(1, Connect(clientID: "b", username: "ann", will: will))
    #expect(said == [.packet(1, .connack(Connack(reasonCode: .notAuthorized))), .close(1)])
  }

  @Test(arguments: ["+", "#", "a/b", "a#", ""]) func `a name that is more than a name opens no pattern`(name: String)
    throws
  {
    var script = try Self.script()
    _ = Self.enter(&script, 0, name, id: "x")
    #expect(script.subscribe("own/#", from: 0).codes(to: 0) == [.notAuthorized])
    #expect(script.subscribe("public/#", from: 0).codes(to: 0) == [name.isEmpty ? .grantedQoS2 : .notAuthorized])
    let said = script.publish("own/ann/x", qos: .atLeastOnce, from: 0)
    #expect(said == [.packet(0, .puback(Acknowledgement(1, .notAuthorized)))])
  }

  @Test func `a session that another user takes up brings nothing that this one may not read`() throws {
    var script = try Self.script()
    script.state.access.rules = try AccessRules(
      "user root\ntopic #\nuser ann\ntopic read home/#\nuser bob\ntopic read office/#")
    _ = Self.enter(&script, 0, "root")
    _ = Self.enter(&script, 1, "ann", id: "shared")
    _ = script.subscribe("#", from: 1)
    _ = script.publish("home/a", "under way", qos: .atLeastOnce, from: 0)
    _ = script.lose(1)
    _ = script.publish("home/a", "waits", qos: .atLeastOnce, from: 0)
    let said = Self.enter(&script, 1, "bob", id: "shared")
    #expect(said.connack(to: 1)?.sessionPresent == true && said.messages(to: 1).isEmpty)
    #expect(script.publish("home/a", from: 0).topics(to: 1) == [])
    #expect(script.publish("office/a", from: 0).topics(to: 1) == ["office/a"])
    #expect(script.state.sessions[1].queuedBytes == 0 && script.state.sessions[1].identifiers.count == 0)
  }

  @Test func `after a restart the rules of the new broker count, for what was kept too`() throws {
    var script = Script(
      Access(rules: try AccessRules("user root\ntopic #\nuser ann\ntopic home/#")), isKeeping: true)
    let will = Will(topic: "home/will", payload: ByteBuffer(string: "gone"))
    _ = script.open(
      1, Connect(clientID: "a", username: "ann", will: will, properties: [.sessionExpiryInterval(60)]))
    _ = script.subscribe("#", from: 1)
    _ = script.lose(1)
    _ = Self.enter(&script, 0, "root")
    _ = script.publish("home/a", "waits", qos: .atLeastOnce, from: 0)
    script.state.access.rules = try AccessRules("user root\ntopic #")
    script.crash()
    _ = Self.enter(&script, 0, "root")
    _ = script.subscribe("#", from: 0)
    #expect(script.publish("home/a", qos: .atLeastOnce, from: 0).topics(to: 0) == ["home/a"])
    #expect(Self.enter(&script, 1, "ann", id: "a").messages(to: 1).isEmpty)
    #expect(script.publish("home/a", from: 0).topics(to: 1) == [])
  }

  @Test func `a will is published by the rules of the broker that publishes it`() throws {
    for (rules, topics) in [("user root\ntopic #\nuser ann\ntopic home/#", ["home/will"]), ("user root\ntopic #", [])] {
      var script = Script(
        Access(rules: try AccessRules("user root\ntopic #\nuser ann\ntopic home/#")), isKeeping: true)
      let will = Will(
        topic: "home/will", payload: ByteBuffer(string: "gone"), properties: [.willDelayInterval(30)])
      _ = script.open(
        1, Connect(clientID: "a", username: "ann", will: will, properties: [.sessionExpiryInterval(60)]))
      script.state.access.rules = try AccessRules(rules)
      script.crash()
      _ = Self.enter(&script, 0, "root")
      _ = script.subscribe("#", from: 0)
      #expect(script.wait(31).topics(to: 0) == topics)
    }
  }

  @Test(arguments: [
    "topic", "user", "other x", "topic read a/#/b", "topic deny", "pattern read", "topic Deny a", "topic home/my light",
  ])
  func `a rule that is none is told with its line`(line: String) {
    #expect { try AccessRules("user ann\n\(line)") } throws: { ($0 as? AccessFileError)?.line == 2 }
  }
}
