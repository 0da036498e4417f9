import MQTT
import MQTTClient
import Terminal
import TestSupport

@testable import Explorer

/// Keys, sizes, topics and payloads as no person and no device would send them.
extension Chance {
  private static let keys: [Key] =
    Command.all.flatMap(\.keys).compactMap(Key.init(name:)) + [
      .backspace, .delete, .insert, .control("a"), .control("s"), .control("t"), .control("r"), .control("f"),
      .control("o"), .control("e"), .control("w"), .control("k"), .control("y"), .function(2), .function(24),
      .control(" "), .alt("x"), .modified(.left, [.shift, .control]), .focusGained, .focusLost,
      .paste([], isWhole: true), .paste([0x1B, 0x00, 0xFF, 0x0A, 0x41], isWhole: false),
    ]

  /// Scalars of one to four bytes: plain, wide, joining, invisible, turning, controlling.
  private static let scalars: [Unicode.Scalar] = [
    "a", "b", "Z", "0", "9", " ", "+", "#", "$", "!", "\"", "{", "\\", "\n", "\t", "\u{1B}", "\u{7F}", "\u{85}", "é",
    "\u{301}", "\u{200B}", "\u{200D}", "\u{202E}", "\u{2066}", "\u{FEFF}", "\u{FE0F}", "日", "ｶ", "ﾞ", "\u{1160}", "한",
    "👩", "🏽", "🇩", "\u{E0001}", "\u{FFFD}", "\u{FFFF}", "\u{10FFFF}",
  ]

  mutating func key(on size: Size) -> Key {
    switch number(below: 10) {
    case 0: .mouse(mouse(on: size))
    case 1: .character(Character(pick(Self.scalars)))
    case 2: .paste(payload(), isWhole: happens(onceIn: 2))
    default: pick(Self.keys)
    }
  }

  private mutating func mouse(on size: Size) -> MouseEvent {
    let point = Point(column: number(below: size.columns + 2) - 1, row: number(below: size.rows + 2) - 1)
    let button = pick([MouseEvent.Button.left, .left, .middle, .right])
    let action = pick([
      MouseEvent.Action.press(button), .press(button), .release(button), .drag(button), .move, .wheelUp, .wheelDown,
      .wheelLeft, .wheelRight,
    ])
    return MouseEvent(action, at: point, modifiers: happens(onceIn: 5) ? .control : [])
  }

  mutating func size() -> Size {
    switch number(below: 4) {
    case 0: Size(columns: 1 + number(below: 25), rows: 1 + number(below: 10))
    case 1: pick([Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 20, rows: 6)])
    default: Size(columns: 1 + number(below: 300), rows: 1 + number(below: 100))
    }
  }

  mutating func text(upTo length: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<number(below: length + 1) { scalars.append(pick(Self.scalars)) }
    return String(scalars)
  }

  /// A topic: mostly one of few, so that histories grow and filters find something.
  mutating func topic() -> String {
    switch number(below: 8) {
    case 0: "/" + topicText(upTo: 12)
    case 1: topicText(upTo: 12) + "/" + topicText(upTo: 40)
    case 2: String(repeating: "d/", count: 1 + number(below: 200)) + "end"
    case 3: String(repeating: "long", count: 1 + number(below: 400))
    default: "home/\(pick(["hall", "kitchen", "", "日本"]))/\(pick(["light", "motion", "climate", "e\u{301}"]))"
    }
  }

  /// Text that may stand in a topic name.
  private mutating func topicText(upTo length: Int) -> String {
    let kept = text(upTo: length).unicodeScalars.filter { $0 != "+" && $0 != "#" }
    return kept.isEmpty ? "x" : String(String.UnicodeScalarView(kept))
  }

  mutating func payload() -> [UInt8] {
    switch number(below: 8) {
    case 0: []
    case 1: Array(text(upTo: 200).utf8)
    case 2: (0..<number(below: 600)).map { _ in UInt8(truncatingIfNeeded: next()) }
    case 3: Array(#"{"a":[1,2.50,{"b":null}],"c":"\u00e9\#(text(upTo: 3).filter { $0.isLetter })"}"#.utf8)
    case 4: Array(String(repeating: "[", count: number(below: 2_000)).utf8)
    case 5: Array(String(repeating: "word ", count: number(below: 2_000)).utf8)
    case 6: Array("{\"open\": ".utf8)
    default: Array("\(number(below: 10_000))".utf8)
    }
  }

  mutating func properties() -> Properties {
    guard happens(onceIn: 3) else { return [] }
    let count = number(below: 20)
    return Properties((0..<count).map { _ in .userProperty(UserProperty(text(upTo: 9), text(upTo: 90))) })
  }

  mutating func end() -> Disconnection {
    let endpoint = Endpoint.tcp(host: "broker", port: 1883)
    let reasons: [Disconnection.Reason] = [
      .requested, .refused(.notAuthorized, []), .dismissed(.sessionTakenOver, [.reasonString(text(upTo: 300))]),
      .closed(wasAccepted: true), .network(text(upTo: 60)), .keepAliveLost(60),
    ]
    return Disconnection(pick(reasons), endpoint: endpoint, retryIn: happens(onceIn: 2) ? 5_000_000_000 : nil)
  }
}
