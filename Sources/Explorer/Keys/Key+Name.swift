import Terminal

extension Key {
  /// The name of the key as people write it: `j`, `PgDn`, `Ctrl+D`, `F1`.
  var name: String {
    if let name = Self.names[self] { return name }
    switch self {
    case .character(let character): return String(character)
    case .control(let letter): return "Ctrl+" + letter.uppercased()
    case .alt(let letter): return "Alt+" + String(letter)
    case .function(let number): return "F\(number)"
    default: return "\(self)"
    }
  }

  private static let names = Dictionary(uniqueKeysWithValues: named.map { ($1, $0) })

  private static let named: [String: Key] = [
    "Enter": .enter, "Esc": .escape, "Tab": .tab, "Shift+Tab": .backTab, "Space": .character(" "),
    "Backspace": .backspace, "Delete": .delete, "Insert": .insert, "Up": .up, "Down": .down, "Left": .left,
    "Right": .right, "Home": .home, "End": .end, "PgUp": .pageUp, "PgDn": .pageDown,
  ]

  /// The key that the key table calls by this name: `j`, `PgDn`, `Ctrl+D`, `F1`; nil when there is none.
  init?(name: String) {
    if let key = Self.named[name] {
      self = key
    } else if name.hasPrefix("Ctrl+"), let letter = name.dropFirst(5).first, name.count == 6 {
      self = .control(Character(letter.lowercased()))
    } else if name.first == "F", let number = Int(name.dropFirst()), (1...24).contains(number) {
      self = .function(number)
    } else if let character = name.first, name.count == 1 {
      self = .character(character)
    } else {
      return nil
    }
  }
}
