import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// What is kept between two starts, under `$XDG_STATE_HOME`.
@Suite struct ExploreStateTests {
  private func start(_ broker: Mosquitto, _ folder: TemporaryFolder) throws -> Exploration {
    try Exploration.publish(to: broker, "home/light", "first")
    let exploration = try Exploration(broker, environment: ["XDG_STATE_HOME": "\(folder.path)/state"])
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "◆ light")
    return exploration
  }

  private func mode(_ path: String) -> mode_t {
    var found = stat()
    return stat(path, &found) == 0 ? found.st_mode & 0o777 : 0
  }

  @Test func `past publishes come back after a restart, and only their owner may read them`() throws {
    let broker = try Mosquitto()
    let folder = try TemporaryFolder()
    let exploration = try start(broker, folder)
    try exploration.openForm()
    for words in ["one", "two"] {
      try exploration.session.type(words)
      try exploration.session.control("S")
      try exploration.session.wait { $0.contains("not acknowledged") }
      for _ in words { try exploration.session.press(.backspace) }
      try exploration.session.wait(for: "(empty)")
    }
    try exploration.quit()
    let file = "\(folder.path)/state/mqttscope/publishes.jsonl"
    #expect(try Exploration.read(file).split(separator: "\n").count == 2)
    #expect(mode(file) == 0o600 && mode("\(folder.path)/state/mqttscope") == 0o700)
    let again = try start(broker, folder)
    try again.openForm()
    try again.session.press(.up)
    try again.session.wait(for: " two")
    try again.session.press(.up)
    try again.session.wait(for: " one")
    try again.session.control("O")
    try again.session.wait { $0.contains("one") && $0.contains("two") }
    try again.quit()
  }

  @Test func `a draft survives the loss of the terminal, and a run in which no key is pressed`() throws {
    let broker = try Mosquitto()
    let folder = try TemporaryFolder()
    let exploration = try start(broker, folder)
    try exploration.openForm()
    try exploration.session.type("unsent words")
    try exploration.session.wait(for: "unsent words")
    exploration.session.device.hangUp()
    _ = try exploration.session.device.process.waitForExit()
    let watched = try Exploration(broker, environment: ["XDG_STATE_HOME": "\(folder.path)/state"])
    try watched.session.wait(for: "▸ home")
    watched.session.device.hangUp()
    _ = try watched.session.device.process.waitForExit()
    let again = try start(broker, folder)
    try again.session.type("p")
    try again.session.wait(for: "unsent words")
    try again.quit()
  }

  @Test func `broken state files are set aside with a sentence`() throws {
    let broker = try Mosquitto()
    let folder = try TemporaryFolder()
    let state = "\(folder.path)/state/mqttscope"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    try folder.write("no JSON\n\u{1b}[2J{\"time\":\n", to: "state/mqttscope/publishes.jsonl")
    try folder.write("{", to: "state/mqttscope/draft.json")
    let exploration = try Exploration(broker, environment: ["XDG_STATE_HOME": "\(folder.path)/state"])
    try exploration.session.wait(for: "p publish")
    try exploration.session.type("o")
    try exploration.session.wait(for: "cannot be read")
    #expect(try Exploration.read("\(state)/draft.json.broken-1") == "{")
    #expect(try Exploration.read("\(state)/publishes.jsonl.broken-1").hasPrefix("no JSON\n"))
    try exploration.quit()
  }

  @Test func `a state folder that cannot be made is said to be so, and publishing works`() throws {
    let broker = try Mosquitto()
    let folder = try TemporaryFolder()
    try folder.write("a file", to: "state")
    let exploration = try start(broker, folder)
    try exploration.openForm()
    try exploration.session.type("sent all the same")
    try exploration.session.control("S")
    try exploration.session.wait(for: "not acknowledged")
    #expect(try Exploration.retained("home/light", in: broker) == "first")
    try exploration.session.press(.escape)
    try exploration.session.wait { $0.contains("2 kept of 2") && $0.contains("\(folder.path)/state") }
    try exploration.quit()
  }
}
