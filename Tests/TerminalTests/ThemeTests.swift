import Testing

@testable import Terminal

@Suite struct ThemeTests {
  private static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/themes"
  private static let colourDepths: [ColourDepth] = [.basic, .bright, .indexed, .direct]

  @Test func `the compiled-in theme says what its file says`() throws {
    #expect(try Theme.named("dark", searching: [ThemeTests.folder]) == .standard)
    #expect(try Theme.named("dark", searching: []) == .standard)
  }

  @Test func `the themes that come with it are found by name and by path`() throws {
    #expect(Theme.names(searching: [ThemeTests.folder]) == ["dark", "high-contrast", "light", "mono"])
    for name in Theme.names(searching: [ThemeTests.folder]) {
      #expect(try Theme.named(name, searching: ["/nowhere", ThemeTests.folder]).name == name)
      #expect(try Theme.named(ThemeTests.folder + "/\(name).toml", searching: []).name == name)
    }
  }

  @Test(arguments: ["dark", "light", "high-contrast", "mono"])
  func `every role can be read on every ground at every depth`(name: String) throws {
    let theme = try Theme.named(name, searching: [ThemeTests.folder])
    for ground in Ground.allCases {
      guard let behind = theme[ground].colour, let ink = theme[ground].ink else { continue }
      for depth in ThemeTests.colourDepths {
        let contrast = Colour.contrast(
          Theme.shade(ink, depth, isGround: false), Theme.shade(behind, depth, isGround: true))
        #expect(contrast >= (depth == .bright || depth == .basic ? 3 : 4.5), "ink on \(ground) at \(depth)")
      }
    }
  }

  @Test(arguments: ["dark", "light", "high-contrast"])
  func `every role keeps its own colour on the panel`(name: String) throws {
    let theme = try Theme.named(name, searching: [ThemeTests.folder])
    for role in Role.allCases {
      for ground in [Ground.base, .panel, .bar, .popup] {
        for depth in [ColourDepth.direct, .indexed] {
          let colour = try #require(theme[role].colour)
          let behind = try #require(theme[ground].colour)
          let contrast = Colour.contrast(
            Theme.shade(colour, depth, isGround: false), Theme.shade(behind, depth, isGround: true))
          #expect(
            contrast >= Theme.leastContrast(role) - (ground == .popup ? 1.6 : 0.8),
            "\(role) on \(ground) at \(depth): \(contrast)")
        }
      }
    }
  }

  @Test(arguments: ["dark", "light", "high-contrast", "mono"])
  func `selection, focus, match and danger differ from plain text even without colours`(name: String) throws {
    let theme = try Theme.named(name, searching: [ThemeTests.folder])
    let plain = theme.appearance(of: Style(.text, on: .panel), depth: .monochrome)
    for style in [
      Style(.text, on: .selected), Style(.text, on: .selectedUnfocused), Style(.text, on: .lit),
      Style(.titleFocused, on: .panel),
      Style(.match, on: .panel), Style(.danger, on: .panel), Style(.control, on: .panel), Style(.input, on: .field),
    ] {
      #expect(theme.appearance(of: style, depth: .monochrome) != plain, "\(style)")
    }
  }

  @Test func `a missing theme's error names the themes there are`() {
    #expect(
      throws: ThemeError.missing(
        "dork", searched: [ThemeTests.folder], known: ["dark", "high-contrast", "light", "mono"])
    ) {
      try Theme.named("dork", searching: [ThemeTests.folder])
    }
    #expect(
      "\(ThemeError.missing("dork", searched: ["/a", "/b"], known: ["dark", "light"]))"
        == "There is no theme \"dork\" in /a, /b; there are: dark, light.")
  }

  @Test(arguments: [
    ("name = \"x\"\n[roles]\ntext = ", 3, ""),
    ("name = \"x\"\n[roles]\ntexts = \"#ffffff\"", 3, "there is no role \"texts\""),
    ("name = \"x\"\n\n[grounds]\nfloor = \"#ffffff\"", 4, "there is no ground \"floor\""),
    ("name = \"x\"\n[roles]\ntext = \"fog\"", 3, "there is no colour \"fog\" in the palette"),
    ("name = \"x\"\n[palette]\nfog = \"#fff\"", 3, "\"#fff\" is not a colour of the form #rrggbb"),
    ("name = \"x\"\n[palette]\nfog = 7", 3, "fog has to be a colour such as \"#8ab4f0 111 bright-blue\""),
    ("name = \"x\"\n[roles]\ntext = \"default loud\"", 3, "there is no attribute \"loud\""),
    ("name = \"x\"\npalete = 1", 2, "there is no setting \"palete\""),
    ("name = 5", 1, "name has to be text in quotation marks"),
  ])
  func `a broken theme's error names its file, line and fault`(toml: String, line: Int, fault: String) {
    let error = #expect(throws: ThemeError.self) { try Theme(toml: toml, file: "my.toml") }
    #expect("\(error.map { "\($0)" } ?? "")".hasPrefix("The theme my.toml, line \(line): \(fault)"))
  }

  @Test func `a folder, a binary file or a huge one is not a theme`() {
    #expect(throws: ThemeError.self) { try Theme.named("/", searching: []) }
    #expect(throws: ThemeError.self) { try Theme.named("/bin/sh", searching: []) }
    #expect(throws: ThemeError.self) { try Theme.named("/nowhere/at/all.toml", searching: []) }
  }

  @Test func `what a theme leaves out looks like text on the base`() throws {
    let theme = try Theme(
      toml: "name = \"x\"\n[roles]\ntext = \"#ff0000 underline\"\n[grounds]\nbase = \"#000000\"", file: "x")
    #expect(theme[.topic] == theme[.text])
    #expect(theme[.popup] == theme[.base])
    #expect(
      theme.appearance(of: Style(.topic, on: .popup), depth: .direct)
        == Appearance(foreground: 0xFF0000, background: 8, attributes: .underline))
    #expect(theme.appearance(of: Style(.topic, on: .popup), depth: .indexed).foreground == 196)
  }

  @Test(arguments: ["[=", "name = \"x\"\n[ # roles", "a = [}", "a = 1979-05-27Tx"])
  func `what the parser would end the program for is a mistake with a line`(text: String) throws {
    let error = #expect(throws: ThemeError.self) { try Theme(toml: text, file: "mine.toml") }
    guard case .broken("mine.toml", .some, _) = try #require(error) else {
      Issue.record("\(text)")
      return
    }
  }
}
