import Terminal

/// The columns of the list: a mark, name, address, state, and when it was used last.
struct ConnectionColumns {
  private var widths: [Int]

  /// - Parameter others: The rows behind those of the profiles.
  init(_ table: ProfileTable, beside others: ArraySlice<ConnectionRow>, in place: Rect) {
    let columns = place.columns
    let used = columns >= 56 ? 5 : 0
    let rest = columns - 2 - used
    let names = others.map { TextWidth.of($0.profile ?? "") } + [table.nameWidth]
    let addresses = others.map { TextWidth.of($0.address) } + [table.addressWidth]
    let name = min(max(8, (names.max() ?? 0) + 2), rest / 3)
    let address = min(max(10, (addresses.max() ?? 0) + 2), rest / 2)
    widths = [name, address, max(0, rest - name - address), used]
  }

  func draw(_ texts: [String], _ style: Style, into frame: inout Frame, in place: Rect) {
    var column = place.column + 2
    for (index, text) in texts.enumerated() where widths[index] > 0 {
      let cell = Rect(column: column, row: place.row, columns: widths[index], rows: 1).intersection(place)
      if index == texts.count - 1 {
        frame.writeRight(text, in: cell, style)
      } else {
        frame.write(TextWidth.clip(text, to: max(0, cell.columns - 1)), at: cell.origin, in: cell, style)
      }
      column += widths[index]
    }
  }
}
