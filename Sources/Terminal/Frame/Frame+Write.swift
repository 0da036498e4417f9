extension Frame {
  /// Writes text on one row, made harmless, and gives the columns it took. What lies left of the clip is not drawn; what lies
  /// right of it is an ellipsis in the last column.
  @discardableResult
  public mutating func write(_ text: String, at point: Point, in clip: Rect, _ style: Style) -> Int {
    draw(text.utf8.span, at: point, in: clip, style)
  }

  /// Writes text on one row of the whole frame.
  @discardableResult
  public mutating func write(_ text: String, at point: Point, _ style: Style) -> Int {
    draw(text.utf8.span, at: point, in: bounds, style)
  }

  /// Writes bytes that should be UTF-8; those that are not are shown as `\xNN`.
  @discardableResult
  public mutating func write(bytes: [UInt8], at point: Point, in clip: Rect, _ style: Style) -> Int {
    draw(bytes.span, at: point, in: clip, style)
  }

  /// Writes pieces behind each other on one row; the ellipsis comes wherever the row ends before the pieces do.
  @discardableResult
  public mutating func write(_ pieces: [Piece], at point: Point, in clip: Rect, on ground: Ground) -> Int {
    let end = clip.intersection(bounds).endColumn
    var next = point
    for (index, piece) in pieces.enumerated() where !piece.text.isEmpty {
      let style = Style(piece.role, on: ground, piece.emphasis)
      next.column += write(piece.text, at: next, in: clip, style)
      guard next.column < end else {
        let hasMore = pieces[(index + 1)...].contains { !$0.text.isEmpty }
        if hasMore, clip.contains(Point(column: end - 1, row: point.row)), point.column < end {
          finish(Pen(row: point.row, start: point.column, column: end, area: clip.intersection(bounds), style: style))
        }
        break
      }
    }
    return next.column - point.column
  }

  /// Text of one role, for a row that has several.
  public struct Piece: Hashable, Sendable {
    /// What is written.
    public var text: String
    /// What it means.
    public var role: Role
    /// What is added to the theme's look.
    public var emphasis: Emphasis

    /// Text of a role.
    public init(_ text: String, _ role: Role = .text, _ emphasis: Emphasis = []) {
      self.text = text
      self.role = role
      self.emphasis = emphasis
    }
  }

  private mutating func draw(
    _ bytes: borrowing Span<UInt8>, at point: Point, in clip: Rect, _ style: Style
  ) -> Int {
    let area = clip.intersection(bounds)
    guard point.row >= area.row, point.row < area.endRow, point.column < area.endColumn else { return 0 }
    var pen = Pen(row: point.row, start: point.column, column: point.column, area: area, style: style)
    var sanitiser = Sanitiser()
    var walk = UTF8Walk()
    while true {
      if drawASCII(bytes, &walk, &pen) { sanitiser.passed(ascii: bytes[walk.offset - 1]) }
      guard let step = walk.next(bytes) else { break }
      let portion =
        switch step {
        case .scalar(let scalar): sanitiser.portion(of: scalar)
        case .invalid(let byte): sanitiser.portion(ofInvalid: byte)
        }
      guard draw(portion, &pen) else {
        finish(pen)
        return area.endColumn - point.column
      }
    }
    return pen.column - point.column
  }

  /// Draws printable ASCII as far as it goes and fits, which is nearly all there is to draw; true when there was some.
  private mutating func drawASCII(_ bytes: borrowing Span<UInt8>, _ walk: inout UTF8Walk, _ pen: inout Pen) -> Bool {
    let start = walk.offset
    let style = pen.style.packed
    while walk.offset < bytes.count, pen.column < pen.area.endColumn {
      let byte = bytes[walk.offset]
      guard byte >= 0x20, byte < 0x7F else { break }
      if pen.column >= pen.area.column {
        put(Unicode.Scalar(byte), columns: 1, column: pen.column, row: pen.row, style: style)
        pen.last = pen.column
      }
      pen.column += 1
      walk.offset += 1
    }
    return walk.offset > start
  }

  /// Draws one portion; false when it does not fit.
  private mutating func draw(_ portion: Sanitiser.Portion, _ pen: inout Pen) -> Bool {
    switch portion {
    case .plain(let scalar, let columns): return draw(scalar, columns, pen.style, &pen)
    case .dropped: return true
    case .mark(let scalar):
      guard let last = pen.last else { return true }
      return mark(scalar, column: last, row: pen.row)
    case .shown(let text):
      let style = pen.style.with(.control)
      for scalar in text.unicodeScalars {
        let columns = TextWidth.plainColumns(scalar) ?? max(1, TextWidth.libraryColumns(scalar))
        guard draw(scalar, columns, style, &pen) else { return false }
      }
      return true
    }
  }

  private mutating func draw(_ scalar: Unicode.Scalar, _ columns: Int, _ style: Style, _ pen: inout Pen) -> Bool {
    guard pen.column + columns <= pen.area.endColumn else { return false }
    if pen.column >= pen.area.column {
      put(scalar, columns: columns, column: pen.column, row: pen.row, style: style.packed)
      pen.last = pen.column
    } else {
      pen.last = nil
      if pen.column + columns > pen.area.column {  // half of a wide scalar lies left of the clip
        put(" ", columns: 1, column: pen.area.column, row: pen.row, style: style.packed)
      }
    }
    pen.column += columns
    return true
  }

  /// The text goes on behind the last column.
  private mutating func finish(_ pen: Pen) {
    let end = pen.area.endColumn
    if pen.column < end, pen.column >= pen.area.column {  // a wide scalar had one column only
      put(" ", columns: 1, column: pen.column, row: pen.row, style: pen.style.packed)
    }
    guard end - 1 >= max(pen.start, pen.area.column) else { return }
    put("…", columns: 1, column: end - 1, row: pen.row, style: pen.style.packed)
  }
}

/// Where the next scalar goes.
private struct Pen {
  let row: Int
  let start: Int
  var column: Int
  /// The column of the scalar that a mark would join, when it is inside of the clip.
  var last: Int?
  let area: Rect
  let style: Style
}
