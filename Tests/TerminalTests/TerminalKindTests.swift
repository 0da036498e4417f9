import Testing

@testable import Terminal

@Suite struct TerminalKindTests {
  private let system: [String: TerminalKind.Description] = [
    "xterm": .usable(colours: 8), "xterm-256color": .usable(colours: 256), "xterm-16color": .usable(colours: 16),
    "vt100": .usable(colours: -1), "linux": .usable(colours: 8), "tmux-256color": .usable(colours: 256),
    "tmux-direct": .usable(colours: 1 << 24), "vte-direct": .usable(colours: 1 << 24),
    "screen-256color": .usable(colours: 256),
    "dumb": .cannotMove,
  ]

  private func kind(_ term: String?, colorterm: String? = nil, noColor: String? = nil) throws(ScreenError) -> String {
    let kind = try TerminalKind(term: term, colorterm: colorterm, noColor: noColor) { system[$0] ?? .unknown }
    return "\(kind.name) \(kind.depth)"
  }

  @Test func `the depth is what the description has`() throws {
    #expect(try kind("xterm") == "xterm basic")
    #expect(try kind("xterm-16color") == "xterm-16color bright")
    #expect(try kind("xterm-256color") == "xterm-256color indexed")
    #expect(try kind("vt100") == "vt100 monochrome")
    #expect(try kind("linux") == "linux basic")
  }

  @Test func `truecolor needs COLORTERM and a description that has it`() throws {
    #expect(try kind("xterm-256color", colorterm: "truecolor") == "vte-direct direct")
    #expect(try kind("tmux-256color", colorterm: "24bit") == "tmux-direct direct")
    #expect(try kind("screen-256color", colorterm: "truecolor") == "screen-256color indexed")
    #expect(try kind("tmux-256color", colorterm: "yes") == "tmux-256color indexed")
  }

  @Test func `NO_COLOR leaves attributes alone, unless it is empty`() throws {
    #expect(try kind("xterm-256color", colorterm: "truecolor", noColor: "1") == "xterm-256color monochrome")
    #expect(try kind("xterm-256color", noColor: "") == "xterm-256color indexed")
  }

  @Test func `a terminal that cannot be used is refused with a sentence`() {
    #expect(throws: ScreenError.terminalNotNamed) { try kind(nil) }
    #expect(throws: ScreenError.terminalNotNamed) { try kind("") }
    #expect(throws: ScreenError.terminalUnknown("nonsense")) { try kind("nonsense") }
    #expect(throws: ScreenError.terminalTooSimple("dumb")) { try kind("dumb") }
    #expect("\(ScreenError.terminalUnknown("x"))".contains("TERM=xterm-256color"))
  }

  @Test func `only our own signs are exchanged for poor terminals`() {
    #expect(Glyphs.ascii.shown("╭", .border) == "+")
    #expect(Glyphs.ascii.shown("─", .borderFocused) == "-")
    #expect(Glyphs.ascii.shown("─", .value) == "─")
    #expect(Glyphs.console.shown("╭", .border) == "┌")
    #expect(Glyphs.all.shown("╭", .border) == "╭")
  }
}
