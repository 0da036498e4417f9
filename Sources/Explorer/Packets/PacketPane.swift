import Terminal

/// The protocol view on the screen: the packets, one a line, and the lit one taken apart.
struct PacketPane {
  let view: PacketView
  let log: PacketLog

  /// The moment of the frame.
  let now: Instant

  /// Where list and details are in the window.
  static func places(in window: Rect, isOpen: Bool) -> (list: Rect, detail: Rect) {
    let inside = window.inside.split(rows: 1).bottom
    let empty = Rect(column: inside.column, row: inside.endRow, columns: 0, rows: 0)
    guard isOpen else { return (inside, empty) }
    // Too low for both, the details take it all
    let share = inside.rows >= 8 ? max(3, inside.rows / 3) : 0
    let (list, detail) = inside.split(rows: share)
    return (list, detail)
  }

  func draw(into frame: inout Frame, in window: Rect) {
    frame.box(window, title: "Protocol", note: note(columns: window.columns - 14), isFocused: true)
    let places = Self.places(in: window, isOpen: view.isOpen)
    drawHeading(into: &frame, in: window.inside.line(0))
    for (index, entry) in view.rows.enumerated().prefix(places.list.rows) {
      draw(entry, into: &frame, in: places.list.line(index))
    }
    if view.rows.isEmpty {
      let words = view.filter.isEmpty ? "No packet has passed yet." : "No packet matches \(view.filter.text)."
      frame.write(words, at: places.list.origin, in: places.list, Style(.dim, on: .panel))
    }
    if let detail = view.detail {
      PacketDetailPane(detail: detail, top: view.detailTop).draw(into: &frame, in: places.detail)
    }
    drawFooter(window.line(window.rows - 1), keys, into: &frame)
  }

  private var keys: [(key: String, words: String)] {
    PacketCommand.allCases.compactMap { command in
      let key = command.keys[0].name
      return switch command {
      case .open where view.isOpen: (key, "close")
      case .hold where view.heldAt != nil: (key, "go on")
      case .oldest where view.isOpen: ("PgDn", "scroll")
      case .close: nil
      default: (key, command.words)
      }
    }.withHelp
  }

  /// What is not shown, and why; as many of the facts as fit, the most important first.
  private func note(columns: Int) -> String {
    let count =
      view.filter.isEmpty
      ? Format.packets(log.packetCount) : "\(Format.count(view.count)) of \(Format.count(log.count)) match"
    let gone = log.gone == 0 ? "" : "\(Format.count(log.gone)) older had to go"
    let held = view.heldBack(in: log)
    let mode = view.heldAt != nil ? "held, \(Format.count(held)) since" : view.isFollowing ? "following" : "G follows"
    var note = mode
    for part in [gone, count] where !part.isEmpty && TextWidth.of(note) + TextWidth.of(part) + 3 <= columns {
      note = "\(part) · \(note)"
    }
    return note
  }

  /// What the columns are, or what is looked for.
  private func drawHeading(into frame: inout Frame, in place: Rect) {
    guard !view.isEditing, view.filter.isEmpty else {
      return view.filter.drawPrompt(
        into: &frame, in: place, isFocused: view.isEditing,
        placeholder: "type, part of a topic, or packet identifier; !word leaves out")
    }
    let columns = PacketColumns(columns: place.columns)
    var pen = LineWriter(place, on: .panel)
    let parts = [
      ("time", columns.time), ("", PacketColumns.gutter + PacketColumns.arrow), ("packet", columns.type),
      ("id", columns.id), ("flags", columns.flags), ("topic or reason", 0),
    ]
    var end = place.column
    for (name, width) in parts where width > 0 || name.count > 5 {
      pen.skip(end - pen.column)
      pen.write(name, .dim, into: &frame)
      end += width
    }
    let tail = (columns.bytes > 0 ? "bytes" : "") + (columns.answered > 0 ? "   answered" : "")
    frame.writeRight(tail, in: place, Style(.dim, on: .panel))
  }
}
