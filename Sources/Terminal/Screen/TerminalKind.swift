/// What the environment says about a terminal: which description to use, and how many colours.
struct TerminalKind: Equatable {
  /// The description that ncurses opens.
  let name: String
  /// How many colours to use.
  let depth: ColourDepth

  /// What a system knows of a terminal description.
  enum Description: Equatable {
    case unknown
    case cannotMove
    case usable(colours: Int)
  }

  /// Chooses by TERM, COLORTERM and NO_COLOR; a wanted depth overrides the latter two.
  ///
  /// ncurses sends 24-bit colours only by a description that has them, so truecolor needs both COLORTERM and an
  /// installed `-direct` twin of TERM.
  init(
    term: String?, colorterm: String?, noColor: String?, wanted: ColourDepth? = nil,
    describe: (String) -> Description
  ) throws(ScreenError) {
    guard let term, !term.isEmpty else { throw .terminalNotNamed }
    let colours: Int
    switch describe(term) {
    case .unknown: throw .terminalUnknown(term)
    case .cannotMove: throw .terminalTooSimple(term)
    case .usable(let count): colours = count
    }
    let claims = colorterm == "truecolor" || colorterm == "24bit"
    let wishes = wanted ?? (noColor?.isEmpty == false ? .monochrome : claims ? .direct : .indexed)
    if wishes == .direct, let twin = TerminalKind.direct(twinOf: term, describe) {
      (name, depth) = (twin, .direct)
      return
    }
    name = term
    let possible = ColourDepth.allCases.last { $0.rawValue <= max(1, min(colours, 256)) } ?? .monochrome
    depth = possible.rawValue < wishes.rawValue ? possible : wishes
  }

  private static func direct(twinOf term: String, _ describe: (String) -> Description) -> String? {
    candidates(term).first { name in
      if case .usable(let colours) = describe(name) { colours >= ColourDepth.direct.rawValue } else { false }
    }
  }

  /// Many terminals call themselves xterm that print the colons in which xterm-direct sends its colours; vte-direct
  /// describes the same terminal with the semicolons that all of them read.
  private static func candidates(_ term: String) -> [String] {
    if term.hasSuffix("-direct") { return [term] }
    if term.hasPrefix("xterm") { return ["vte-direct"] }
    let bare = ["-256color", "-88color", "-16color", "-color"].first(where: term.hasSuffix)
    return [term + "-direct", bare.map { term.dropLast($0.count) + "-direct" }].compactMap { $0 }
  }
}
