import FoundationEssentials
import TestSupport
import Testing

/// `publish --resume`, and inputs and topics that are not those of the run before.
@Suite struct ResumeTests {
  private let broker: Mosquitto
  private let folder: TemporaryFolder

  init() throws {
    broker = try Mosquitto()
    folder = try TemporaryFolder()
  }

  private func publish(
    _ lines: String, topic: String = "log", resumes: Bool = true
  ) throws -> PipedProgram.Outcome {
    try run(topic, ["--lines"] + (resumes ? ["--resume"] : []), input: lines)
  }

  private func run(_ topic: String, _ options: [String], input: String = "") throws -> PipedProgram.Outcome {
    try PipedProgram.run(
      Products.mqttscope,
      ["publish", broker.url, topic, "--qos", "1", "--persistent", "--client-id", "feeder"] + options,
      input: input, environment: TestEnvironment.inherited(adding: ["XDG_STATE_HOME": folder.path]))
  }

  /// What the broker has had on all topics meanwhile.
  private func received(_ count: Int, during work: () throws -> Void) throws -> [String] {
    let listener = ["-p", "\(broker.port)", "-i", "listener", "-c", "-t", "#", "-q", "1"]
    #expect(try PipedProgram.run("mosquitto_sub", listener + ["-E"]).status == .exited(0))
    try work()
    let outcome = try PipedProgram.run("mosquitto_sub", listener + ["-C", "\(count)", "-W", "10", "-F", "%t %p"])
    return outcome.outputText.split(separator: "\n").map(String.init)
  }

  private var record: String { "\(folder.path)/mqttscope/sessions/feeder@127.0.0.1%3A\(broker.port).input" }

  @Test func `the same input goes on where it ended, and a longer last line is the same input`() throws {
    let lines = try received(4) {
      #expect(try publish("one\ntwo").status == .exited(0))
      let again = try publish("one\ntwo and a half\nthree\n")
      #expect(again.status == .exited(0) && again.errorText.contains("the first 2 lines were sent before"))
      #expect(try publish("one\ntwo and a half\nthree\nfour\n").status == .exited(0))
    }
    #expect(lines == ["log one", "log two", "log three", "log four"])
  }

  @Test func `another topic is refused, and nothing is sent`() throws {
    let lines = try received(2) {
      #expect(try publish("one\n").status == .exited(0))
      let other = try publish("one\ntwo\n", topic: "other")
      #expect(other.status == .exited(1), "\(other.errorText)")
      #expect(other.errorText.contains("published to “log”, and this one is for “other”"), "\(other.errorText)")
      #expect(try publish("one\nend\n").status == .exited(0))
    }
    #expect(lines == ["log one", "log end"])
  }

  @Test func `another input is refused where it differs, and nothing is sent`() throws {
    let lines = try received(4) {
      #expect(try publish("one\ntwo\nthree\n").status == .exited(0))
      let other = try publish("one\n2\nthree\nfour\n")
      #expect(other.status == .exited(1) && other.errorText.contains("Line 2 of the input is another one"))
      #expect(try publish("one\ntwo\nthree\nend\n").status == .exited(0))
    }
    #expect(lines == ["log one", "log two", "log three", "log end"])
  }

  @Test func `a run that does not resume begins another input, which the next one resumes`() throws {
    let lines = try received(6) {
      #expect(try publish("one\ntwo\nthree\n").status == .exited(0))
      #expect(try publish("a", topic: "other", resumes: false).status == .exited(0))
      let next = try publish("a\nb\n", topic: "other")
      #expect(next.status == .exited(0) && next.errorText.contains("the first line was sent before"))
      #expect(try publish("one\n").status == .exited(1))
      #expect(try publish("a\nb\nend\n", topic: "other").status == .exited(0))
    }
    #expect(lines == ["log one", "log two", "log three", "other a", "other b", "other end"])
  }

  @Test func `a message that is no line is not counted as one`() throws {
    let lines = try received(4) { () throws in
      #expect(try run("single", ["--message", "first"]).status == .exited(0))
      #expect(try publish("one\n").status == .exited(0))
      #expect(try run("single", ["--message", "second"]).status == .exited(0))
      #expect(try publish("one\ntwo\n").status == .exited(0))
    }
    #expect(lines == ["single first", "log one", "single second", "log two"])
  }

  @Test func `what an earlier version left is resumed as before, and known from then on`() throws {
    let lines = try received(3) {
      #expect(try publish("one\ntwo\n").status == .exited(0))
      #expect(FileManager.default.fileExists(atPath: record))
      try FileManager.default.removeItem(atPath: record)
      #expect(try publish("one\ntwo\n").status == .exited(0))
      #expect(try publish("one\n2\n").status == .exited(1))
      try Data("torn".utf8).write(to: URL(filePath: record))
      #expect(try publish("one\ntwo\nend\n").status == .exited(0))
    }
    #expect(lines == ["log one", "log two", "log end"])
  }
}
