/// The screen as a value: a grid of styled cells that views write into and a terminal shows.
///
/// A view is a function of the model and a rectangle into a frame; it knows roles and rectangles, never colours, time
/// or the terminal. So a screen can be tested as text (`text`, `roles`), and two frames can be compared to see that
/// there is nothing to show.
///
/// Views draw from the bottom up: a window above the panes is written after them, over what they wrote, and the cursor is
/// where the last of them put it. None has to know what lies above it.
///
/// What a view writes is clipped to the rectangle it was given and says so by an ellipsis, and how many columns text
/// takes is measured by the same rules that draw it (`TextWidth`), which are those of ncurses. So columns line up and no
/// view can write into its neighbour, whatever the text.
///
/// A cell is eight bytes: a scalar, a style, and where its combining marks are in a side table (hardly any cell has
/// some). The second half of a wide scalar is a cell of scalar nought; writing over either half blanks the other, so a
/// frame never holds half a character. `write` is the only way for text into a frame, and it passes every scalar
/// through `Sanitiser`.
///
/// Nothing here traps: points may be anywhere, rectangles may be empty or larger than the frame, and what is outside is
/// not drawn.
public struct Frame: Equatable, Sendable {
  /// How large it is.
  public let size: Size
  /// Where the cursor is shown; nil hides it.
  public var cursor: Point?

  var cells: [PackedCell]
  /// Combining marks; a cell's index counts from one.
  var marks: [[Unicode.Scalar]] = []

  /// A blank frame on the base ground. More than 1,000 columns or rows are not drawn: no terminal has them.
  public init(size: Size) {
    self.size = Size(columns: min(size.columns, 1000), rows: min(size.rows, 1000))
    cells = Array(repeating: .blank(Style()), count: self.size.columns * self.size.rows)
  }

  /// The cell at a place; blank outside of the frame.
  public subscript(column: Int, row: Int) -> Cell {
    guard bounds.contains(Point(column: column, row: row)) else { return Cell(.blank(Style()), marks: [], columns: 1) }
    let index = row * size.columns + column
    let packed = cells[index]
    let isWide = column + 1 < size.columns && cells[index + 1].scalar == 0
    return Cell(packed, marks: marks(of: packed), columns: packed.scalar == 0 ? 0 : isWide ? 2 : 1)
  }

  /// The whole of it.
  public var bounds: Rect { Rect(size) }

  /// The same with so many blank rows below it.
  public func extended(by rows: Int) -> Frame {
    var frame = Frame(size: Size(columns: size.columns, rows: size.rows + rows))
    frame.cells.replaceSubrange(0..<cells.count, with: cells)
    frame.marks = marks
    frame.cursor = cursor
    return frame
  }

  /// Makes a rectangle blank.
  public mutating func fill(_ rect: Rect, _ style: Style) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for row in area.row..<area.endRow {
      breakWide(column: area.column, row: row)
      breakWide(column: area.endColumn, row: row)
      let start = row * size.columns + area.column
      for index in start..<start + area.columns {
        cells[index] = .blank(style)
      }
    }
  }

  func marks(of cell: PackedCell) -> [Unicode.Scalar] {
    cell.marks == 0 || Int(cell.marks) > marks.count ? [] : marks[Int(cell.marks) - 1]
  }

  /// Puts a harmless scalar into the frame; the caller has seen to it that all its columns are inside.
  mutating func put(_ scalar: Unicode.Scalar, columns: Int, column: Int, row: Int, style: UInt16) {
    breakWide(column: column, row: row)
    breakWide(column: column + columns, row: row)
    let index = row * size.columns + column
    cells[index] = PackedCell(scalar: scalar.value, marks: 0, style: style)
    if columns == 2 {
      cells[index + 1] = PackedCell(scalar: 0, marks: 0, style: style)
    }
  }

  /// Adds a combining mark to the scalar at a place; false when the side table is full.
  mutating func mark(_ scalar: Unicode.Scalar, column: Int, row: Int) -> Bool {
    let index = row * size.columns + column
    let slot = Int(cells[index].marks)
    if slot > 0 {
      marks[slot - 1].append(scalar)
      return true
    }
    guard marks.count < Int(UInt16.max) else { return false }
    marks.append([scalar])
    cells[index].marks = UInt16(marks.count)
    return true
  }

  /// Blanks both halves of a wide scalar when something new begins at its second half.
  private mutating func breakWide(column: Int, row: Int) {
    guard column < size.columns else { return }
    let index = row * size.columns + column
    guard cells[index].scalar == 0 else { return }
    cells[index].scalar = 0x20
    if column > 0 {
      cells[index - 1].scalar = 0x20
      cells[index - 1].marks = 0
    }
  }
}
