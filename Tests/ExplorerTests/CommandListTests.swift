import Terminal
import Testing

@testable import Explorer

@Suite struct CommandListTests {
  private func after(_ keys: Key...) -> (CommandList, CommandList.Outcome) {
    var list = CommandList()
    var outcome = CommandList.Outcome.none
    for key in keys { outcome = list.handle(key) }
    return (list, outcome)
  }

  @Test func `Enter runs the lit command`() {
    #expect(after(.enter).1 == .run(.down))
    #expect(after(.down, .enter).1 == .run(.up))
  }

  @Test func `typing narrows by words, and by the name of a key`() {
    #expect(after(.character("z"), .character("o"), .character("o"), .character("m"), .enter).1 == .run(.zoom))
    #expect(after(.character("s"), .character("o"), .character("r"), .character("t"), .enter).1 == .run(.sort))
  }

  @Test(arguments: [
    ("packets", Action.packets), ("protocol", .packets), ("log", .packets), ("wire", .packets), ("facts", .facts),
    ("session", .facts), ("subscriptions", .subscriptions), ("filters", .subscriptions),
  ])
  func `screens are found by the words that people type`(words: String, action: Action) {
    var list = CommandList()
    for character in words { _ = list.handle(.character(character)) }
    #expect(list.handle(.enter) == .run(action))
  }

  @Test func `above a screen its own keys come first, and can be run`() {
    var list = CommandList(on: .packets)
    #expect(list.handle(.enter) == .press(.escape))
    list = CommandList()
    for character in "hold what" { _ = list.handle(.character(character)) }
    #expect(list.handle(.enter) == .none)
  }

  @Test func `nothing found runs nothing`() {
    #expect(after(.character("§"), .enter).1 == .none)
  }

  @Test func `the lit line stays inside of the list`() {
    #expect(after(.up).0.line == 0)
    #expect(after(.pageUp).0.line == 0)
    let last = after(.end).0.line
    #expect(after(.end, .down, .pageDown, .tab).0.line == last)
    #expect(after(.end, .home).0.line == 0)
    #expect(after(.character("§"), .down, .end).0.line == 0)
  }

  @Test func `Escape closes, and Backspace widens`() {
    #expect(after(.escape).1 == .close)
    #expect(after(.character("z"), .backspace).0.query.isEmpty)
    #expect(after(.character("z"), .control("u")).0.query.isEmpty)
    #expect(after(.backspace).0.query.isEmpty)
  }
}
