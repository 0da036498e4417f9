/// Which of our own drawing signs a terminal can be trusted with. What came from the network is never exchanged.
enum Glyphs: Equatable {
  /// All of them.
  case all
  /// The Linux console's font: straight corners and full triangles.
  case console
  /// ASCII, where the locale does not promise more.
  case ascii

  /// What to draw instead of one of our signs.
  func shown(_ scalar: Unicode.Scalar, _ role: Role) -> Unicode.Scalar {
    guard self != .all, !scalar.isASCII, role.isDrawing else { return scalar }
    return self == .ascii ? Glyphs.ascii(scalar) : Glyphs.console(scalar)
  }

  private static func console(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "╭": "┌"
    case "╮": "┐"
    case "╰": "└"
    case "╯": "┘"
    case "▸": "►"
    case "▾": "▼"
    default: scalar
    }
  }

  private static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "─": "-"
    case "│": "|"
    case "╭", "╮", "╰", "╯": "+"
    case "▁", "▂": "."
    case "▃"..."▅": "o"
    case "▆"..."█": "#"
    case "▸": ">"
    case "▾": "v"
    case "◆": "*"
    case "◇": "?"
    case "·": "."
    case "●": "o"
    case "…": "~"
    default: scalar
    }
  }
}

extension Role {
  /// Only our own signs are drawn with it.
  var isDrawing: Bool {
    switch self {
    case .border, .borderFocused, .fold, .retained, .retainedUnknown, .live, .sparkline, .lampUp, .lampWaiting,
      .lampDown:
      true
    default: false
    }
  }
}
