import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// A retained message is shown as long as its publisher may write its topic.
struct RetainedSourceTests {
  private static let readers = "user reader\ntopic read #\n"
  private static let open = "\(readers)user ann\ntopic #\nuser bob\ntopic #"
  /// Ann may write nothing but `a/yes` any more.
  private static let closed = "\(readers)user ann\ntopic read #\ntopic write a/yes\nuser bob\ntopic #"

  /// A broker with ann at 0, bob at 1 and a reader at 2.
  private static func script(_ rules: String = open, isKeeping: Bool = false) throws -> Script {
    var script = Script(Access(rules: try AccessRules(rules)), isKeeping: isKeeping)
    enter(&script)
    return script
  }

  private static func enter(_ script: inout Script) {
    for (place, name) in ["ann", "bob", "reader"].enumerated() {
      _ = script.open(place, Connect(clientID: "\(name)'s", username: name))
    }
  }

  private static func use(_ rules: String?, _ script: inout Script) throws {
    script.state.use(Access(rules: try rules.map { try AccessRules($0) }), at: script.now)
  }

  /// What a new subscription is sent.
  private static func shown(_ script: inout Script) -> [String] {
    script.subscribe("#", handling: .send, from: 2).topics(to: 2)
  }

  @Test func `a retained message is hidden while its publisher may not write its topic`() throws {
    var script = try Self.script()
    for topic in ["a/no", "a/yes"] { _ = script.publish(topic, retain: true, from: 0) }
    _ = script.publish("b", retain: true, from: 1)
    #expect(Self.shown(&script) == ["a/no", "a/yes", "b"])
    try Self.use(Self.closed, &script)
    #expect(Self.shown(&script) == ["a/yes", "b"])
    #expect(script.subscribe("a/no", from: 2).topics(to: 2) == [] && script.state.retained.count == 3)
    _ = script.lose(0)
    #expect(Self.shown(&script) == ["a/yes", "b"])
    try Self.use(Self.open, &script)
    #expect(Self.shown(&script) == ["a/no", "a/yes", "b"])
  }

  @Test func `what others publish in the place of a hidden message is shown, and they can delete it`() throws {
    var script = try Self.script()
    for topic in ["a/1", "a/2"] { _ = script.publish(topic, retain: true, from: 0) }
    try Self.use(Self.closed, &script)
    _ = script.publish("a/1", retain: true, from: 1)
    _ = script.publish("a/2", "", retain: true, from: 1)
    #expect(Self.shown(&script) == ["a/1"])
    // A place in the tree that is used again says nothing of who was there
    _ = script.publish("a/3", retain: true, from: 1)
    try Self.use(Self.open, &script)
    try Self.use(Self.closed, &script)
    #expect(Self.shown(&script) == ["a/1", "a/3"] && script.state.retained.count == 2)
  }

  @Test func `patterns are judged by the names that the publisher had`() throws {
    let own = "\(Self.readers)pattern write dev/%c\npattern write user/%u"
    var script = try Self.script("\(own)\npattern write #")
    for topic in ["dev/ann's", "user/ann", "dev/bob's"] { _ = script.publish(topic, retain: true, from: 0) }
    _ = script.publish("user/bob", retain: true, from: 1)
    #expect(Self.shown(&script).count == 4)
    try Self.use(own, &script)
    #expect(Self.shown(&script) == ["dev/ann's", "user/ann", "user/bob"])
  }

  @Test func `a will is hidden with the rights of its client`() throws {
    var script = try Self.script()
    let will = Will(topic: "a/will", payload: ByteBuffer(string: "gone"), isRetained: true)
    _ = script.open(3, Connect(clientID: "w", username: "ann", will: will))
    _ = script.lose(3)
    #expect(Self.shown(&script) == ["a/will"])
    try Self.use(Self.closed, &script)
    #expect(Self.shown(&script) == [])
  }

  @Test func `the will of who is sent away by new rules counts by these`() throws {
    var script = try Self.script()
    script.state.access.users = ["ann": Credential([1])]
    let will = Will(topic: "a/will", payload: ByteBuffer(string: "gone"), isRetained: true)
    _ = script.open(3, Connect(clientID: "w", username: "ann", password: [1], will: will))
    _ = script.subscribe("#", from: 2)
    script.state.use(Access(users: [:], rules: try AccessRules(Self.closed)), at: 0)
    #expect(script.state.retained.count == 0)
  }

  @Test func `a message that waited for PUBREL while the right was lost is hidden`() throws {
    var script = try Self.script()
    _ = script.publish("a/no", qos: .exactlyOnce, retain: true, id: 7, from: 0)
    try Self.use(Self.closed, &script)
    _ = script.say(.pubrel(Acknowledgement(7)), from: 0)
    #expect(script.state.retained.count == 1 && Self.shown(&script) == [])
    try Self.use(Self.open, &script)
    #expect(Self.shown(&script) == ["a/no"])
  }

  @Test func `a session that another user takes up publishes in the name of that one`() throws {
    var script = try Self.script()
    let session: Properties = [.sessionExpiryInterval(60)]
    for (topic, name) in [("1", "ann"), ("2", "bob")] {
      _ = script.open(3, Connect(clientID: "s", cleanStart: false, username: name, properties: session))
      _ = script.publish(topic, retain: true, from: 3)
      _ = script.lose(3)
    }
    try Self.use(Self.closed, &script)
    #expect(Self.shown(&script) == ["2"])
  }

  @Test func `after a restart the rules of the new broker count, and the publisher is still known`() throws {
    var script = try Self.script(isKeeping: true)
    for topic in ["a/no", "a/yes"] { _ = script.publish(topic, retain: true, from: 0) }
    script.state.access.rules = try AccessRules(Self.closed)
    script.crash()
    Self.enter(&script)
    #expect(Self.shown(&script) == ["a/yes"])
    try Self.use(Self.open, &script)
    #expect(Self.shown(&script) == ["a/no", "a/yes"])
  }

  @Test func `a broker without rules takes up the messages and nobody's name`() throws {
    var script = try Self.script(isKeeping: true)
    _ = script.publish("a/no", retain: true, from: 0)
    script.state.access.rules = nil
    script.crash()
    Self.enter(&script)
    #expect(Self.shown(&script) == ["a/no"] && script.state.retained.sources.isEmpty)
  }

  @Test func `messages of nobody that is known are shown`() throws {
    var script = try Self.script()
    script.state.limits.systemInterval = 1
    _ = script.wait(1)
    var kept = Kept()
    let old = try StoredMessage(Publish(topic: "old", payload: ByteBuffer(string: "x"), isRetained: true), at: 0)
    kept.retained = [Kept.Retained(message: old, publisher: nil)]
    script.state.restore(kept, at: 0)
    try Self.use("user reader\ntopic read #\ntopic read $SYS/#", &script)
    #expect(Self.shown(&script) == ["old"])
    #expect(script.subscribe("$SYS/broker/version", from: 2).topics(to: 2) == ["$SYS/broker/version"])
  }

  @Test func `without rules nobody is remembered, and neither when there are none any more`() throws {
    var script = Script()
    Self.enter(&script)
    _ = script.publish("a", retain: true, from: 0)
    #expect(script.state.retained.sources.isEmpty && script.state.sessions.allSatisfy { $0.publisher == nil })
    let size = script.state.retained.size
    try Self.use(Self.open, &script)
    _ = script.publish("a", retain: true, from: 0)
    #expect(script.state.retained.size == size + "ann".utf8.count + "ann's".utf8.count)
    try Self.use(nil, &script)
    #expect(script.state.retained.sources.isEmpty && script.state.retained.size == size)
  }

  @Test func `a publisher is one object for all of its messages, and its names count where these are bounded`() throws {
    #expect(MemoryLayout<Source>.stride == 8)
    var script = try Self.script()
    for topic in ["1", "2"] { _ = script.publish(topic, retain: true, from: 0) }
    let publishers = script.state.retained.sources.compactMap(\.publisher)
    #expect(publishers.count == 2 && publishers[0] === publishers[1])
    script.state.limits.retainedBytes = 10_000
    let name = String(repeating: "n", count: 5_000)
    _ = script.open(3, Connect(clientID: name, username: "bob"))
    let codes = ["3", "4"].map { script.publish($0, qos: .atLeastOnce, retain: true, from: 3) }
    #expect(codes[1] == [.packet(3, .puback(Acknowledgement(1, .quotaExceeded)))] && codes[0] != codes[1])
    for topic in ["1", "2", "3"] { _ = script.publish(topic, "", retain: true, from: 0) }
    #expect(script.state.retained.size == 0 && script.state.retained.sources.allSatisfy { $0 == .unknown })
  }
}
