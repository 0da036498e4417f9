import MQTT
import MQTTClient
import Payloads
import Terminal

/// The protocol view on the screen: the packets, one a line, and the lit one taken apart.
struct PacketPane {
  let view: PacketView
  let log: PacketLog

  /// The columns before the text of a line.
  private static let typeColumns = 12
  private static let idColumns = 7
  private static let flagColumns = 7
  private static let tailColumns = 17

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
    [
      ("Esc", "back"), ("Enter", view.isOpen ? "close" : "fields and bytes"), ("/", "find"),
      ("Space", view.heldAt == nil ? "hold" : "go on"), ("G", "follow"), ("w", "save"),
      view.isOpen ? ("PgDn", "scroll") : ("g", "oldest"),
    ]
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
      var pen = LineWriter(place, on: .panel)
      pen.write("/ ", .accent, .bold, into: &frame)
      let field = Rect(column: pen.column, row: place.row, columns: pen.room, rows: place.rows)
      return view.filter.draw(
        into: &frame, in: field, isFocused: view.isEditing,
        placeholder: "type, part of a topic, or packet identifier; !word leaves out")
    }
    var pen = LineWriter(place, on: .panel)
    pen.write("time", .dim, into: &frame)
    pen.skip(place.column + 17 - pen.column)
    pen.write("packet", .dim, into: &frame)
    pen.skip(place.column + 17 + Self.typeColumns - pen.column)
    pen.write("id", .dim, into: &frame)
    pen.skip(place.column + 17 + Self.typeColumns + Self.idColumns - pen.column)
    pen.write("flags  topic or reason", .dim, into: &frame)
    frame.writeRight("bytes   answered", in: place, Style(.dim, on: .panel))
  }

  private func draw(_ entry: PacketEntry, into frame: inout Frame, in place: Rect) {
    let isLit = entry.number == view.selected
    let ground: Ground = isLit ? .selected : isInExchange(entry) ? .lit : .panel
    frame.fill(place, Style(.text, on: ground))
    var pen = LineWriter(place, on: ground)
    pen.write(Format.time(entry.wall), .age, into: &frame)
    pen.write(" \(gutter(at: entry)) ", .accent, .bold, into: &frame)
    switch entry.content {
    case .note(let text): pen.write("· \(text)", .dim, into: &frame)
    case .packet(let packet, let bytes):
      let summary = PacketSummary(packet, bytes)
      draw(summary, packet, with: pen, into: &frame, in: place)
      drawTail(packet, entry.link, into: &frame, in: place, on: ground)
    }
  }

  private func draw(
    _ summary: PacketSummary, _ packet: TracedPacket, with pen: LineWriter, into frame: inout Frame, in place: Rect
  ) {
    var pen = LineWriter(
      Rect(column: pen.column, row: place.row, columns: place.endColumn - Self.tailColumns - pen.column, rows: 1),
      on: pen.ground)
    let start = pen.column
    pen.write(packet.isSent ? "→ " : "← ", packet.isSent ? .rate : .retained, .bold, into: &frame)
    pen.write(summary.type, summary.isBad ? .danger : .key, into: &frame)
    pen.skip(max(1, start + 2 + Self.typeColumns - pen.column))
    pen.write(summary.id, .number, into: &frame)
    pen.skip(max(1, start + 2 + Self.typeColumns + Self.idColumns - pen.column))
    pen.write(summary.flags, .label, into: &frame)
    pen.skip(max(1, start + 2 + Self.typeColumns + Self.idColumns + Self.flagColumns - pen.column))
    pen.write(summary.text, summary.isBad ? .danger : packet.type == .publish ? .topic : .value, into: &frame)
    guard let payload = summary.payload, pen.room > 12 else { return }
    pen.skip(2)
    for span in oneLine(payload.prefix, size: payload.size, limit: pen.room).spans {
      pen.write(span.text, .dim, into: &frame)
    }
  }

  private func drawTail(
    _ packet: TracedPacket, _ link: PacketLink, into frame: inout Frame, in place: Rect, on ground: Ground
  ) {
    let tail = place.split(columns: -Self.tailColumns + 1).right
    let size = Format.size(packet.size)
    frame.writeRight(size, in: tail.split(columns: 7).left, Style(.count, on: ground))
    guard let round = link.roundTrip else { return }
    frame.writeRight("+" + Format.elapsed(round), in: tail, Style(.age, on: ground))
  }

  private func isInExchange(_ entry: PacketEntry) -> Bool {
    exchange != 0 && entry.link.exchange == exchange
  }

  /// The exchange of the lit packet; 0 if it is alone.
  private var exchange: UInt64 {
    view.rows.first { $0.number == view.selected }?.link.exchange ?? 0
  }

  /// The thread that joins the packets of the lit one's exchange.
  private func gutter(at entry: PacketEntry) -> String {
    let first = exchange
    guard first != 0, entry.number >= first, entry.number <= view.exchangeEnd, first < view.exchangeEnd else {
      return " "
    }
    guard isInExchange(entry) else { return "│" }
    if entry.number == first { return "┌" }
    return entry.number == view.exchangeEnd ? "└" : "├"
  }
}
