import Terminal

/// The keys of the form itself, in the order of its footer; the first that do not fit are left out there.
enum FormCommand: ScreenCommand {
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

  /// What it does, in a word, for the footer of the form.
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

  /// What it does, for the help, where there is room.
  var summary: String {
    switch self {
    case .send: "send the message; the form stays open"
    case .leave: "leave; the draft is kept"
    case .nextField: "to the next field"
    case .previousField: "to the previous field"
    case .qos: "the next QoS: 0, 1, 2"
    case .retain: "retain on or off"
    case .format: "the next format of the payload"
    case .past: "what was published before, to send it again"
    case .tidy: "make the JSON tidy"
    case .editor: "edit the payload in $EDITOR"
    case .undo: "undo"
    case .redo: "redo"
    }
  }

  /// The first key as people write it, or with `^` for Ctrl where there is little room.
  func keyName(isShort: Bool) -> String {
    let name = keys[0].name
    return isShort && name.hasPrefix("Ctrl+") ? "^" + name.dropFirst(5) : name
  }
}
