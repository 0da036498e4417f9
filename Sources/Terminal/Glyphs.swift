/// Which of our own drawing signs a terminal can be trusted with. What came from the network is never exchanged.
enum Glyphs: Equatable {
  /// All of them.
  case all
  /// The Linux console's font: straight corners and full triangles.
  case console
  /// ASCII, where the locale does not promise more.
  case ascii

  /// What to draw instead of one of our signs.
  func shown(_ scalar: UInt32, _ role: Role) -> UInt32 {
    guard self != .all, scalar > 0x7F, role.isDrawing else { return scalar }
    return self == .ascii ? Glyphs.ascii(scalar) : Glyphs.console(scalar)
  }

  private static func console(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x256D: 0x250C
    case 0x256E: 0x2510
    case 0x2570: 0x2514
    case 0x256F: 0x2518
    case 0x25B8: 0x25BA
    case 0x25BE: 0x25BC
    default: scalar
    }
  }

  private static func ascii(_ scalar: UInt32) -> UInt32 {
    let sign: Unicode.Scalar
    switch scalar {
    case 0x2500, 0x2501, 0x2504, 0x2508, 0x254C: sign = "-"
    case 0x2502, 0x2503, 0x2506, 0x250A, 0x254E: sign = "|"
    case 0x250C...0x254B, 0x256D...0x2570: sign = "+"
    case 0x2581, 0x2582: sign = "."
    case 0x2583...0x2585: sign = "o"
    case 0x2580...0x259F: sign = "#"
    case 0x2800: sign = " "
    case 0x2801...0x28FF: sign = "*"
    case 0x25B8: sign = ">"
    case 0x25BE: sign = "v"
    case 0x25C6: sign = "*"
    case 0x25C7: sign = "?"
    case 0x00B7: sign = "."
    case 0x25CF: sign = "o"
    case 0x2026: sign = "~"
    default: return scalar
    }
    return sign.value
  }
}

extension Role {
  /// Only our own signs are drawn with it.
  var isDrawing: Bool {
    switch self {
    case .border, .borderFocused, .fold, .retained, .retainedUnknown, .live, .sparkline, .lampUp, .lampWaiting,
      .lampDown, .chart1, .chart2, .chart3, .chart4:
      true
    default: false
    }
  }
}
