import Terminal

/// The keys of the form itself, in the order of its footer; the first that do not fit are left out there.
enum FormCommand: CaseIterable, Sendable {
  case send
  case leave
  case nextField
  case qos
  case retain
  case format
  case past
  case tidy
  case editor
  case undo
  case redo
  case previousField

  /// The first is the one to show.
  var keys: [Key] {
    switch self {
    case .send: [.control("s"), .function(2)]
    case .leave: [.escape]
    case .nextField: [.tab]
    case .previousField: [.backTab]
    case .qos: [.control("t")]
    case .retain: [.control("r")]
    case .format: [.control("f")]
    case .past: [.control("o")]
    case .tidy: [.control("l")]
    case .editor: [.control("e")]
    case .undo: [.control("u")]
    case .redo: [.control("y")]
    }
  }

  /// What it does, in a word or two.
  var words: String {
    switch self {
    case .send: "send"
    case .leave: "leave"
    case .nextField: "next"
    case .previousField: "previous"
    case .qos: "QoS"
    case .retain: "retain"
    case .format: "format"
    case .past: "past"
    case .tidy: "tidy"
    case .editor: "editor"
    case .undo: "undo"
    case .redo: "redo"
    }
  }

  init?(_ key: Key) {
    guard let command = Self.allCases.first(where: { $0.keys.contains(key) }) else { return nil }
    self = command
  }

  /// The first key as people write it, or with `^` for Ctrl where there is little room.
  func keyName(isShort: Bool) -> String {
    let name = keys[0].name
    return isShort && name.hasPrefix("Ctrl+") ? "^" + name.dropFirst(5) : name
  }
}
