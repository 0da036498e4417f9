import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// `mqttscope subscribe --output`: a file of lines that outlives its runs.
struct SubscribeOutputTests {
  private let folder: TemporaryFolder
  private let broker: Mosquitto
  private var file: String { "\(folder.path)/lines" }

  init() throws {
    folder = try TemporaryFolder()
    broker = try Mosquitto()
  }

  private func subscribe(_ options: String...) throws -> PipedProgram.Outcome {
    try PipedProgram.run(
      Products.mqttscope, ["subscribe", broker.url, "a", "--count", "1", "--output", file] + options)
  }

  private func publish(_ payload: String) throws {
    let outcome = try PipedProgram.run("mosquitto_pub", ["-p", "\(broker.port)", "-t", "a", "-r", "-m", payload])
    #expect(outcome.status == .exited(0))
  }

  private var payloads: [String] {
    get throws {
      struct Line: Decodable { let payload: String }
      let lines = try Data(contentsOf: URL(filePath: file)).split(separator: UInt8(ascii: "\n"))
      return try lines.map { try JSONDecoder().decode(Line.self, from: $0).payload }
    }
  }

  @Test func `runs append to it, and nothing comes to standard output`() throws {
    for payload in ["one", "two"] {
      try publish(payload)
      let outcome = try subscribe("--format", "json")
      #expect(outcome.status == .exited(0) && outcome.output.isEmpty && outcome.errors.isEmpty)
    }
    #expect(try payloads == ["one", "two"])
  }

  @Test(arguments: [1, 5, 70_000]) func `half a line of a run that was killed is cut off`(size: Int) throws {
    try publish("one")
    _ = try subscribe("--format", "json")
    let whole = try Data(contentsOf: URL(filePath: file))
    let half = Array((#"{"time":"2026"# + String(repeating: "x", count: 80_000)).utf8.prefix(size))
    try (whole + half).write(to: URL(filePath: file))
    _ = try subscribe("--format", "json")
    #expect(try payloads == ["one", "one"])
  }

  @Test func `a file that ends with something else is left alone`() throws {
    try folder.write("somebody's notes", to: "lines")
    try publish("one")
    let outcome = try subscribe("--format", "json")
    #expect(outcome.status == .exited(64) && outcome.errorText.contains("choose another file"))
    #expect(try Data(contentsOf: URL(filePath: file)) == Data("somebody's notes".utf8))
  }

  @Test func `a file that another program writes, a pipe, and a format without numbers are refused`() throws {
    let descriptor = open(file, O_RDWR | O_CREAT, 0o644)
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX)
    let locked = try subscribe("--format", "json")
    #expect(locked.status == .exited(64) && locked.errorText.contains("another program"))
    let text = try subscribe("--format", "text")
    #expect(text.status == .exited(64) && text.errorText.contains("--format json"))
    let pipe = try PipedProgram.run(
      Products.mqttscope, ["subscribe", broker.url, "a", "--output", "/dev/stdout", "--format", "json"])
    #expect(pipe.status == .exited(64) && pipe.errorText.contains("wants a file"))
  }

  @Test func `a full disk is told`() throws {
    try publish("one")
    let outcome = try PipedProgram.run(
      Products.mqttscope, ["subscribe", broker.url, "a", "--output", "/dev/full", "--format", "json"])
    #expect(outcome.status == .exited(1) && outcome.errorText.contains("No space left"))
  }
}
