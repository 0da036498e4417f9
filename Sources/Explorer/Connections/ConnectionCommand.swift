import Terminal

/// The keys of the connection screen's list, in the order of its footer.
enum ConnectionCommand: CaseIterable, Sendable {
  case connect
  case leave
  case new
  case edit
  case test
  case disconnect
  case delete
  case find
  case duplicate
  case openFile

  var key: Key {
    switch self {
    case .connect: .enter
    case .new: .character("n")
    case .edit: .character("e")
    case .duplicate: .character("c")
    case .test: .character("t")
    case .disconnect: .character("x")
    case .delete: .character("d")
    case .openFile: .character("o")
    case .find: .character("/")
    case .leave: .escape
    }
  }

  var words: String {
    switch self {
    case .connect: "connect"
    case .new: "new"
    case .edit: "edit"
    case .duplicate: "copy"
    case .test: "test"
    case .disconnect: "close"
    case .delete: "delete"
    case .openFile: "file"
    case .find: "find"
    case .leave: "back"
    }
  }

  var summary: String {
    switch self {
    case .connect: "connect, or show what is connected already"
    case .new: "write down a new broker"
    case .edit: "change the profile"
    case .duplicate: "a new profile, like this one or for this broker"
    case .test: "try to connect, and show how far it comes"
    case .disconnect: "disconnect, and forget its topics"
    case .delete: "delete the profile (asks first)"
    case .openFile: "open config.toml in $EDITOR"
    case .find: "only brokers with this in their name or address"
    case .leave: "back to the topics"
    }
  }

  /// Whether it is about the broker that is lit.
  var needsBroker: Bool {
    switch self {
    case .connect, .edit, .duplicate, .test, .disconnect, .delete: true
    case .new, .openFile, .find, .leave: false
    }
  }

  init?(_ key: Key) {
    guard let command = Self.allCases.first(where: { $0.key == key }) else { return nil }
    self = command
  }
}

/// The keys of the form of a profile.
enum ProfileCommand: ScreenCommand {
  case save
  case leave
  case test
  case nextField
  case previousField
  case undo
  case redo

  /// The first is the one to show.
  var keys: [Key] {
    switch self {
    case .save: [.control("s"), .function(2)]
    case .leave: [.escape]
    case .test: [.control("t")]
    case .nextField: [.tab]
    case .previousField: [.backTab]
    case .undo: [.control("u")]
    case .redo: [.control("y")]
    }
  }

  var words: String {
    switch self {
    case .save: "save"
    case .leave: "leave"
    case .test: "test"
    case .nextField: "next"
    case .previousField: "previous"
    case .undo: "undo"
    case .redo: "redo"
    }
  }

  var summary: String {
    switch self {
    case .save: "save the profile"
    case .leave: "leave; what was written is kept"
    case .test: "try to connect as it is written"
    case .nextField: "to the next field"
    case .previousField: "to the previous field"
    case .undo: "undo"
    case .redo: "redo"
    }
  }
}
