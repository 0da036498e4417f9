import Terminal
import Testing

@testable import Explorer

@Suite struct KeyTableTests {
  @Test(arguments: Command.all.flatMap(\.keys))
  func `every key of the table is a key`(name: String) {
    #expect(Key(name: name) != nil)
  }

  @Test func `no key stands twice among the keys of the main screen`() {
    // Those of the form are keys of another screen; Keymap itself refuses a key that stands twice.
    let keymap = Keymap()
    for action in Action.allCases {
      let keys = Command.all.filter { $0.action == action }.flatMap(\.keys)
      #expect(!keys.isEmpty, "\(action)")
      for name in keys { #expect(Key(name: name).flatMap(keymap.action) == action, "\(name)") }
    }
  }

  @Test(arguments: [
    ("j", Key.character("j")), ("G", .character("G")), ("F", .character("F")), ("F1", .function(1)),
    ("F12", .function(12)), ("Ctrl+D", .control("d")), ("Space", .character(" ")), ("Shift+Tab", .backTab),
    ("/", .character("/")), ("PgDn", .pageDown),
  ])
  func `a name stands for its key`(name: String, key: Key) {
    #expect(Key(name: name) == key)
  }

  @Test(arguments: ["", "F0", "F25", "Ctrl+", "Ctrl+ab", "jj", "Hyper+x", "Alt+x"])
  func `what is no name stands for nothing`(name: String) {
    #expect(Key(name: name) == nil)
  }

  @Test func `every motion letter has an arrow twin`() {
    for (letter, twin) in [("j", "Down"), ("k", "Up"), ("h", "Left"), ("l", "Right"), ("g", "Home"), ("G", "End")] {
      #expect(Command.all.contains { $0.keys.contains(letter) && $0.keys.contains(twin) }, "\(letter)")
    }
  }

  @Test func `nothing needs Alt, and nothing destructive is on Space or Backspace`() {
    #expect(!Command.all.flatMap(\.keys).contains { $0.hasPrefix("Alt") })
    #expect(Keymap().action(for: .backspace) == nil)
    #expect(Keymap().action(for: .character(" ")) == .pause)
  }

  @Test func `help fits on its lines`() {
    for command in Command.all { #expect(TextWidth.of(command.summary) <= 50, "\(command.summary)") }
  }

  @Test func `the footer's commands all have a word and a key`() {
    #expect(Command.footer.allSatisfy { $0.hint != nil && !$0.keys.isEmpty })
  }
}
