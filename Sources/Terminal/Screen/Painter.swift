import CNcurses

/// Turns cells into what ncurses takes, remembering how each style looks.
@MainActor struct Painter {
  private let theme: Theme
  private let depth: ColourDepth
  private let glyphs: Glyphs
  /// By packed style; what was not looked up yet has a negative pair.
  private var looks: [(attributes: attr_t, pair: Int32)]
  private var row: [cchar_t] = []

  init(theme: Theme, depth: ColourDepth, glyphs: Glyphs) {
    self.theme = theme
    self.depth = depth
    self.glyphs = glyphs
    looks = Array(repeating: (0, -1), count: Style.packedCount)
  }

  /// Puts a row of a frame into a window that is so many columns wide; what the frame does not reach is blank.
  mutating func paint(_ frame: Frame, row index: Int, columns: Int, into window: UnsafeMutablePointer<WINDOW>) {
    row.removeAll(keepingCapacity: true)
    let shared = index < frame.size.rows ? min(columns, frame.size.columns) : 0
    let start = index * frame.size.columns
    var column = 0
    while column < shared {
      let cell = frame.cells[start + column]
      let isWide = column + 1 < frame.size.columns && frame.cells[start + column + 1].scalar == 0
      let width = isWide ? 2 : 1
      row.append(column + width <= columns ? character(cell, frame) : character(blank(cell), frame))
      column += width
    }
    while column < columns {
      row.append(character(.blank(Style()), frame))
      column += 1
    }
    guard wmove(window, Int32(index), 0) == OK else { return }
    wadd_wchnstr(window, row, Int32(row.count))
  }

  private func blank(_ cell: PackedCell) -> PackedCell {
    PackedCell(scalar: 0x20, marks: 0, style: cell.style)
  }

  private mutating func character(_ cell: PackedCell, _ frame: Frame) -> cchar_t {
    let look = look(cell.style)
    var shown = cchar_t()
    shown.attr = look.attributes
    shown.ext_color = look.pair
    let scalar = cell.scalar == 0 ? " " : Unicode.Scalar(cell.scalar) ?? " "
    let glyph = scalar.isASCII ? scalar : glyphs.shown(scalar, Style(packed: cell.style).role)
    shown.chars.0 = wchar_t(bitPattern: glyph.value)
    if cell.marks != 0 { add(frame.marks(of: cell), to: &shown) }
    return shown
  }

  private func add(_ marks: [Unicode.Scalar], to shown: inout cchar_t) {
    let scalars = marks.map { wchar_t(bitPattern: $0.value) }
    if scalars.count > 0 { shown.chars.1 = scalars[0] }
    if scalars.count > 1 { shown.chars.2 = scalars[1] }
    if scalars.count > 2 { shown.chars.3 = scalars[2] }
    if scalars.count > 3 { shown.chars.4 = scalars[3] }
  }

  private mutating func look(_ packed: UInt16) -> (attributes: attr_t, pair: Int32) {
    let known = looks[Int(packed)]
    if known.pair >= 0 { return known }
    let appearance = theme.appearance(of: Style(packed: packed), depth: depth)
    let pair = depth == .monochrome ? 0 : terminal_pair(appearance.foreground, appearance.background)
    let look = (terminal_attributes(UInt32(appearance.attributes.rawValue), pair), pair)
    looks[Int(packed)] = look
    return look
  }
}
