import BrokerData
import MQTT
import NIOCore
import TestSupport
import Testing

@testable import MQTTBroker

/// What is written to the database is what is read from it.
struct DataStoreTests {
  /// A script's clock as the time of day.
  private final class Day {
    var now: Int64 = 0
    var time: Int64 { 1_700_000_000 * second + now }
  }

  private let folder: TemporaryFolder
  private let day = Day()
  private var path: String { "\(folder.path)/data/here" }

  init() throws { folder = try TemporaryFolder() }

  private func open() throws -> DataStore { try DataStore(path, timeOfDay: { [day] in day.time }) }

  @Test(arguments: 0..<4) func `a broker that is killed at any moment is read from the disk as it was told`(
    seed: Int
  ) throws {
    var random = SplitMix(seed: UInt64(seed))
    // With rules it is kept who published a message
    let rules = seed.isMultiple(of: 2) ? nil : try AccessRules("topic #\ntopic $x/#")
    var script = Script(Access(rules: rules), isKeeping: true) {
      $0.unsentBytes = 200
      $0.queuedMessages = 20
    }
    var mirror = KeptMirror()
    var store: DataStore? = try open()
    var kept = try #require(try store?.load(at: 0))
    #expect(kept.sorted == Kept())
    for life in 0..<6 {
      for _ in 0..<60 {
        script.step(&random)
        day.now = script.now
        var changes: [Change] = []
        script.state.takeChanges(into: &changes)
        for change in changes { mirror.take(change) }
        try store?.commit(changes, at: script.now)
      }
      store = nil  // without a goodbye: what was committed is all that counts
      store = try open()
      kept = try #require(try store?.load(at: script.now))
      #expect(kept.sorted == mirror.kept.sorted, "seed \(seed), life \(life)")
      kept.endedAt = script.now
      mirror = KeptMirror(kept)
      script.restart(with: kept)
    }
  }

  @Test func `the database's clock goes on while there is no broker, whatever the broker's clock does`() throws {
    var script = Script(isKeeping: true)
    _ = script.connect(0)
    _ = script.publish("t", qos: .atLeastOnce, retain: true, [.messageExpiryInterval(100)], from: 0)
    var store: DataStore? = try open()
    _ = try store?.load(at: 0)
    var changes: [Change] = []
    script.state.takeChanges(into: &changes)
    try store?.commit(changes, at: 0)
    store = nil
    day.now = 30 * second
    // The system was started anew, and its monotonic clock with it
    let kept = try open().load(at: 5 * second)
    #expect(kept.retained.first?.message.expiresAt == 75 * second)
  }

  @Test func `any text and any bytes come back as they were`() throws {
    var script = Script(isKeeping: true)
    let topic = "\u{FEFF}a/'\"; DROP TABLE retained; --/\u{1}\u{10FFFF}"
    let payload = ByteBuffer(bytes: UInt8.min...UInt8.max)
    let properties: Properties = [
      .userProperty(UserProperty("b", "2")), .contentType("x"), .userProperty(UserProperty("a", "1")),
      .correlationData([0, 255]), .responseTopic("r"),
    ]
    let will = Will(
      topic: topic, payload: payload, qos: .exactlyOnce, isRetained: true,
      properties: [.willDelayInterval(7), .messageExpiryInterval(9), .userProperty(UserProperty("", ""))])
    _ = script.open(
      0, Connect(clientID: topic, username: "ann\u{FEFF}", will: will, properties: [.sessionExpiryInterval(.max)]))
    _ = script.say(
      .publish(
        Publish(
          topic: topic, payload: payload, qos: .atLeastOnce, isRetained: true, packetID: 1, properties: properties)),
      from: 0)
    _ = script.say(
      .publish(Publish(topic: topic, qos: .exactlyOnce, packetID: 65_535, properties: properties)), from: 0)
    var mirror = KeptMirror()
    let store = try open()
    _ = try store.load(at: 0)
    var changes: [Change] = []
    script.state.takeChanges(into: &changes)
    for change in changes { mirror.take(change) }
    try store.commit(changes, at: 0)
    let kept = try store.load(at: 0)
    #expect(kept.sorted == mirror.kept.sorted)
    #expect(kept.retained.count == 1 && kept.receipts.count == 1 && kept.sessions.first?.username == "ann\u{FEFF}")
  }

  @Test func `publishers come back as they were, one object for all messages of one`() throws {
    let names: [(String?, String)] = [(nil, "c"), ("", "c"), ("ann\u{FEFF}", "c"), ("ann", "'; --"), (nil, "c")]
    let store = try open()
    _ = try store.load(at: 0)
    let retained = try names.enumerated().map { place, name in
      Kept.Retained(
        message: try StoredMessage(Publish(topic: "\(place)", isRetained: true), at: 0),
        publisher: Publisher(username: name.0, clientID: Array(name.1.utf8)))
    }
    try store.commit(retained.map { .retained($0) }, at: 0)
    let kept = try store.load(at: 0).retained
    #expect(kept == retained && kept[0].publisher === kept[4].publisher)
    #expect(try query("SELECT topic FROM retained WHERE username = 'ann'") == "3")
    // Whoever publishes next takes the place of who was there, and nobody may too
    try store.commit([.retained(Kept.Retained(message: retained[3].message, publisher: nil))], at: 0)
    #expect(try store.load(at: 0).retained[3].publisher == nil)
  }

  @Test func `a database of the first version is taken up, and nobody is known to have published its messages`() throws
  {
    var store: DataStore? = try open()
    let message = try StoredMessage(
      Publish(
        topic: "a", payload: ByteBuffer(string: "x"), qos: .atLeastOnce, isRetained: true, packetID: 1,
        properties: [.contentType("text")]), at: 0)
    let session = Kept.Session(
      clientID: [0x61], username: "ann", expiry: 9, endsAt: 9 * second, pendingWill: nil)
    let old = Kept.Retained(message: message, publisher: nil)
    try store?.commit([.session(session), .retained(old)], at: 0)
    let before = try store?.load(at: 0).sorted
    store?.close()
    store = nil
    let columns = "ALTER TABLE retained DROP COLUMN username; ALTER TABLE retained DROP COLUMN client_id;"
    _ = try PipedProgram.run("sqlite3", ["\(path)/broker.sqlite", "\(columns) PRAGMA user_version = 1"])
    #expect(try query("SELECT count(*) FROM pragma_table_info('retained')") == "5")
    for _ in 0..<2 {
      store = try open()
      #expect(try store?.load(at: 0).sorted == before)
      store = nil
    }
    store = try open()
    let publisher = Publisher(username: nil, clientID: [0x63])
    try store?.commit([.retained(Kept.Retained(message: message, publisher: publisher))], at: 0)
    #expect(try store?.load(at: 0).retained.map(\.publisher) == [publisher])
    #expect(try query("PRAGMA user_version") == "2")
  }

  @Test func `a message for many sessions is written once, and goes with its last delivery`() throws {
    var script = Script(isKeeping: true)
    for place in 1...5 {
      _ = script.connect(place, "s\(place)", clean: false, [.sessionExpiryInterval(60)])
      _ = script.subscribe("#", from: place)
      _ = script.lose(place)
    }
    _ = script.connect(0)
    _ = script.publish("t", qos: .atLeastOnce, from: 0)
    let store = try open()
    _ = try store.load(at: 0)
    func commit() throws {
      var changes: [Change] = []
      script.state.takeChanges(into: &changes)
      try store.commit(changes, at: script.now)
    }
    try commit()
    #expect(try query("SELECT count(*) FROM messages") == "1")
    #expect(try query("SELECT client_id FROM deliveries ORDER BY number") == "s1\ns2\ns3\ns4\ns5")
    for place in 1...4 {
      _ = script.connect(place, "s\(place)", clean: false, [.sessionExpiryInterval(60)])
      _ = script.say(.puback(Acknowledgement(1)), from: place)
    }
    try commit()
    #expect(try query("SELECT client_id, topic FROM deliveries JOIN messages ON id = message") == "s5|t")
    _ = script.wait(60)
    try commit()
    #expect(try query("SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM deliveries)") == "0")
  }

  /// What anybody sees who looks into the database while the broker runs.
  private func query(_ sql: String) throws -> String {
    let outcome = try PipedProgram.run("sqlite3", ["-readonly", "\(path)/broker.sqlite", sql])
    #expect(outcome.errorText == "")
    return String(outcome.outputText.dropLast())
  }
}
