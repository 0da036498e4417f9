import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// `mqttscope subscribe` against a real broker that a client not ours publishes to.
@Suite struct SubscribeTests {
  private func publish(to broker: Mosquitto, _ topic: String, _ arguments: [String]) throws {
    let outcome = try PipedProgram.run("mosquitto_pub", ["-p", "\(broker.port)", "-V", "5", "-t", topic] + arguments)
    #expect(outcome.status == .exited(0), "\(outcome.errorText)")
  }

  private func subscribe(_ broker: Mosquitto, _ arguments: String...) throws -> PipedProgram {
    try PipedProgram(Products.mqttscope, ["subscribe", broker.url] + arguments)
  }

  /// A line of JSON, read by somebody else's reader.
  private struct Line: Decodable {
    var topic: String
    var qos: Int
    var retain: Bool
    var dup: Bool
    var payload: String?
    var payload_base64: Data?
    var properties: Properties?

    struct Properties: Decodable {
      var content_type: String?
      var message_expiry_interval: Int?
      var user_properties: [[String]]?
    }
  }

  @Test(arguments: ["5", "3.1.1"]) func `text is a line a message`(version: String) throws {
    let broker = try Mosquitto()
    try publish(to: broker, "home/a", ["-r", "-m", "21.4 °C"])
    try publish(to: broker, "home/b", ["-r", "-m", "two\nlines\u{1b}[2J"])
    let outcome = try subscribe(broker, "home/#", "--count", "2", "--protocol", version).finish()
    #expect(outcome.outputText == "home/a 21.4 °C\nhome/b two␊lines␛[2J\n")
    #expect(outcome.status == .exited(0) && outcome.errors.isEmpty)
  }

  @Test func `raw is the payloads and nothing else`() throws {
    let broker = try Mosquitto()
    let folder = try TemporaryFolder()
    try publish(to: broker, "a", ["-r", "-f", folder.write("\0\u{1b}\n", to: "payload")])
    let outcome = try subscribe(broker, "a", "--count", "1", "--format", "raw").finish()
    #expect(outcome.output == [0x00, 0x1b, 0x0a])
  }

  @Test func `JSON loses nothing`() throws {
    let broker = try Mosquitto()
    let subscriber = try subscribe(broker, "#", "--count", "3", "--format", "json", "--qos", "2")
    try publish(to: broker, "a/ü", ["-r", "-q", "1", "-m", "\"é\\\n\u{202e}"])
    try subscriber.wait { $0.output.contains(0x0a) }
    let folder = try TemporaryFolder()
    try Data([0xff, 0x00, 0xfe]).write(to: URL(filePath: "\(folder.path)/binary"))
    try publish(to: broker, "b", ["-q", "2", "-f", "\(folder.path)/binary"])
    let properties = ["content-type x/y", "message-expiry-interval 60", "user-property b 1", "user-property a 2"]
    let options = properties.flatMap { ["-D", "publish"] + $0.split(separator: " ").map(String.init) }
    try publish(to: broker, "c", ["-m", ""] + options)
    let output = try subscriber.finish().output
    let lines = try output.split(separator: 0x0a).map { try JSONDecoder().decode(Line.self, from: Data($0)) }
    try #require(lines.count == 3)
    #expect(lines.map(\.topic) == ["a/ü", "b", "c"] && lines.map(\.qos) == [1, 2, 0])
    #expect(lines[0].payload == "\"é\\\n\u{202e}" && lines[0].payload_base64 == nil && lines[0].properties == nil)
    #expect(lines[1].payload == nil && lines[1].payload_base64 == Data([0xff, 0x00, 0xfe]))
    #expect(lines[2].payload == "" && lines[2].properties?.content_type == "x/y")
    #expect(lines[2].properties?.user_properties == [["b", "1"], ["a", "2"]])
    #expect((1...60).contains(lines[2].properties?.message_expiry_interval ?? 0))
  }

  @Test func `retain says that the broker had kept the message`() throws {
    let broker = try Mosquitto()
    try publish(to: broker, "a", ["-r", "-m", "kept"])
    let subscriber = try subscribe(broker, "#", "--count", "2", "--format", "json")
    try subscriber.wait { $0.output.contains(0x0a) }
    try publish(to: broker, "a", ["-r", "-m", "live"])
    let output = try subscriber.finish().output
    let lines = try output.split(separator: 0x0a).map { try JSONDecoder().decode(Line.self, from: Data($0)) }
    #expect(lines.map(\.retain) == [true, false])
  }

  @Test func `a reader that has seen enough ends the work quietly`() throws {
    let broker = try Mosquitto()
    try publish(to: broker, "a", ["-r", "-m", "x"])
    let subscriber = try subscribe(broker, "#")
    try subscriber.wait { !$0.output.isEmpty }
    subscriber.closeOutput()
    let outcome = try subscriber.finish()
    #expect(outcome.status == .exited(0) && outcome.errors.isEmpty)
  }

  @Test(arguments: [SIGINT, SIGTERM]) func `a signal ends it after a goodbye to the broker`(signal: Int32) throws {
    let broker = try Mosquitto()
    try publish(to: broker, "a", ["-r", "-m", "x"])
    let subscriber = try subscribe(broker, "#", "--client-id", "polite")
    try subscriber.wait { !$0.output.isEmpty }
    subscriber.process.send(signal: signal)
    #expect(try subscriber.finish().status == .killed(signal: signal))
    try broker.waitForLog { $0.contains("Client polite disconnected.") }
  }

  @Test func `a broker that dies and comes back is followed`() throws {
    let broker = try Mosquitto()
    try publish(to: broker, "a", ["-r", "-m", "before"])
    let subscriber = try subscribe(broker, "#", "--count", "2")
    try subscriber.wait { !$0.output.isEmpty }
    try broker.kill()
    try subscriber.wait { $0.errors.contains(0x0a) }
    try broker.start()
    try publish(to: broker, "a", ["-r", "-m", "after"])
    let outcome = try subscriber.finish()
    #expect(outcome.status == .exited(0) && outcome.outputText == "a before\na after\n")
    #expect(outcome.errorText.contains("Next attempt in"))
  }

  @Test func `a subscription that is not answered is told of, once a connection`() throws {
    let server = try ScriptedServer()
    let subscriber = try PipedProgram(
      Products.mqttscope, ["subscribe", server.url, "a", "b", "--protocol", "3.1.1", "--count", "1"])
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 2, 0, 0])
    let request = try connection.receivePacket()
    let words = "waiting for the broker to answer 2 subscriptions"
    try subscriber.wait { String(decoding: $0.errors, as: UTF8.self).contains(words) }
    try connection.send([0x90, 4, request[2], request[3], 0, 0, 0x30, 4, 0, 1, 0x61, 0x78])
    let outcome = try subscriber.finish()
    #expect(outcome.status == .exited(0) && outcome.outputText == "a x\n")
    #expect(outcome.errorText.components(separatedBy: words).count == 2)
  }

  @Test func `10,000 retained messages come whole`() throws {
    let broker = try Mosquitto { _ in ["allow_anonymous true", "max_queued_messages 0", "log_type subscribe"] }
    let lines = (1...10_000).map { "value \($0)" }
    let subscriber = try subscribe(broker, "many", "--count", "10000", "--qos", "1")
    try broker.waitForLog { $0.contains(/mqttscope-[0-9a-f]+ 1 many/) }  // connected it is before it has subscribed
    let publisher = try PipedProgram.run(
      "mosquitto_pub", ["-p", "\(broker.port)", "-t", "many", "-q", "1", "-l"], input: lines.joined(separator: "\n"))
    #expect(publisher.status == .exited(0))
    let output = try subscriber.finish(within: .seconds(40)).outputText
    #expect(output.split(separator: "\n").map(String.init) == lines.map { "many \($0)" })
  }
}
