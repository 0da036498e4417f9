import MQTT
import MQTTClient
import Terminal

@testable import Explorer

/// A workspace with some brokers, all connected, and a clock that goes on when a test says so.
final class Desk {
  var workspace: Workspace
  private(set) var now = Instant(wall: 1_772_366_671_000_000_000, monotonic: 5_000_000_000)
  private(set) var ids: [BrokerID] = []

  init(
    _ names: [String] = ["one", "two", "three"], _ columns: Int = 120, _ rows: Int = 30, theme: String? = nil,
    configuration: String? = nil
  ) {
    var shared = Model.Settings(address: "", clientID: "", memoryLimit: 64 << 20)
    shared.themes = ["dark", "light"]
    shared.themeName = "dark"
    workspace = Workspace(shared, configuration: configuration, at: now)
    workspace.size = Size(columns: columns, rows: rows)
    for name in names {
      var opening = BrokerOpening(address: "\(name):1883", clientID: name, subscriptions: [])
      opening.theme = name == "three" ? theme : nil
      guard let opened = workspace.open(opening) else { continue }
      ids.append(opened.id)
      connect(opened.id)
    }
    refresh()
  }

  func connect(_ id: BrokerID) {
    let facts = Connection(
      version: .v5, sessionPresent: false, clientID: "test", keepAlive: 60, properties: [], roundTrip: 1)
    workspace.receive(.connected(facts), from: id)
  }

  func refresh() {
    let time = now.monotonic
    repeat { workspace.refresh(at: now) { time } } while workspace.isUnfinished
  }

  func wait(seconds: Int64) {
    now.wall += seconds * 1_000_000_000
    now.monotonic += seconds * 1_000_000_000
    refresh()
  }

  /// A message at one of the brokers; no frame follows.
  func receive(_ topic: String, at id: BrokerID) throws {
    var incoming = Incoming()
    try incoming.add(topic, Array("1".utf8))
    if let event = try incoming.event(at: now.wall) { workspace.receive(event, from: id) }
  }

  @discardableResult
  func press(_ names: String) -> [WorkspaceEffect] {
    var effects: [WorkspaceEffect] = []
    for name in names.split(separator: " ") {
      guard let key = Key(name: String(name)) else { continue }
      effects += workspace.handle(key)
      refresh()
    }
    return effects
  }

  func type(_ text: String) {
    for character in text { _ = workspace.handle(.character(character)) }
    refresh()
  }

  var text: String { workspace.frame().text }
  var status: String { String(text.prefix { $0 != "\n" }) }
}
