import MQTT
import MQTTClient
import Terminal
import TopicStore

@testable import Explorer

/// A connected model with a clock that goes on when a test says so.
final class Session {
  var model: Model
  private(set) var now = Instant(wall: 1_772_366_671_000_000_000, monotonic: 5_000_000_000)

  init(_ columns: Int = 120, _ rows: Int = 36, isReadOnly: Bool = false, themes: [String] = ["dark"]) {
    var settings = Model.Settings(address: "broker:1883", clientID: "test")
    settings.isReadOnly = isReadOnly
    settings.themes = themes
    settings.themeName = themes.first ?? ""
    model = Model(settings)
    model.size = Size(columns: columns, rows: rows)
    model.now = now
    let connection = Connection(
      version: .v5, sessionPresent: false, clientID: "test", keepAlive: 60, properties: [], roundTrip: 1)
    model.receive(.connected(connection))
    refresh()
  }

  func refresh() {
    let time = now.monotonic
    repeat { model.refresh(at: now) { time } } while model.isUnfinished
  }

  func wait(seconds: Int64) {
    now.wall += seconds * 1_000_000_000
    now.monotonic += seconds * 1_000_000_000
    refresh()
  }

  /// A message; a frame follows.
  func receive(_ topic: String, _ payload: String = "1", isRetained: Bool = false) throws {
    var incoming = Incoming()
    try incoming.add(topic, Array(payload.utf8), isRetained: isRetained)
    if let event = try incoming.event(at: now.wall) { model.receive(event) }
    refresh()
  }

  /// Keys by their names in the key table; a frame follows each.
  @discardableResult
  func press(_ names: String) -> [Effect] {
    var effects: [Effect] = []
    for name in names.split(separator: " ") {
      guard let key = Key(name: String(name)) else { continue }
      effects += press(key)
    }
    return effects
  }

  func press(_ key: Key) -> [Effect] {
    let effects = model.handle(key)
    refresh()
    return effects
  }

  func type(_ text: String) {
    for character in text { _ = press(.character(character)) }
  }

  func mouse(_ action: MouseEvent.Action, _ column: Int, _ row: Int) {
    _ = press(.mouse(MouseEvent(action, at: Point(column: column, row: row))))
  }

  var lines: [String] { model.frame().text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

  /// The path of the lit topic.
  var selected: String {
    model.tree.selected.map { String(decoding: model.store.path(of: $0), as: UTF8.self) } ?? ""
  }

  /// The line of the screen on which the lit topic stands.
  var selectedLine: Int { model.tree.selectedRow - model.tree.top }
}
