import MQTT
import MQTTClient
import Payloads
import Terminal

/// One row of the list.
extension PacketPane {
  func draw(_ entry: PacketEntry, into frame: inout Frame, in place: Rect) {
    let columns = PacketColumns(columns: place.columns)
    let isLit = entry.number == view.selected
    let ground: Ground = isLit ? .selected : isInExchange(entry) ? .lit : .panel
    frame.fill(place, Style(.text, on: ground))
    var pen = LineWriter(place, on: ground)
    pen.write(String(Format.time(entry.wall).prefix(columns.time)), .age, into: &frame)
    pen.write(" \(gutter(at: entry)) ", .accent, .bold, into: &frame)
    switch entry.content {
    case .note(let text): pen.write("· \(text)", .dim, into: &frame)
    case .packet(let packet, let bytes):
      let isMissing = log.waiting(entry, at: now) != nil
      var rest = LineWriter(
        Rect(column: pen.column, row: place.row, columns: place.endColumn - columns.tail - pen.column, rows: 1),
        on: ground)
      draw(PacketSummary(packet, bytes), packet, isMissing, columns, with: &rest, into: &frame)
      drawTail(entry, isMissing, columns, into: &frame, in: place, on: ground)
    }
  }

  private func draw(
    _ summary: PacketSummary, _ packet: TracedPacket, _ isMissing: Bool, _ columns: PacketColumns,
    with pen: inout LineWriter, into frame: inout Frame
  ) {
    let start = pen.column
    var end = start + PacketColumns.arrow
    pen.write(packet.isSent ? "→ " : "← ", packet.isSent ? .rate : .retained, .bold, into: &frame)
    let parts = [
      (summary.type, columns.type, summary.isBad ? Role.danger : .key), (summary.id, columns.id, .number),
      (summary.flags, columns.flags, .label),
    ]
    for (text, width, role) in parts where width > 0 {
      pen.write(text, role, into: &frame)
      end += width
      pen.skip(max(1, end - pen.column))
    }
    if isMissing, columns.answered == 0 { pen.write("no answer ", .warning, into: &frame) }
    pen.write(summary.text, summary.isBad ? .danger : packet.type == .publish ? .topic : .value, into: &frame)
    guard let payload = summary.payload, pen.room > 12 else { return }
    pen.skip(2)
    for span in oneLine(payload.prefix, size: payload.size, limit: pen.room).spans {
      pen.write(span.text, .dim, into: &frame)
    }
  }

  private func drawTail(
    _ entry: PacketEntry, _ isMissing: Bool, _ columns: PacketColumns, into frame: inout Frame, in place: Rect,
    on ground: Ground
  ) {
    let tail = place.split(columns: -columns.tail).right
    if columns.bytes > 0, let packet = entry.packet {
      frame.writeRight(Format.size(packet.size), in: tail.split(columns: columns.bytes).left, Style(.count, on: ground))
    }
    guard columns.answered > 0 else { return }
    guard !isMissing else {
      frame.writeRight("not yet", in: tail, Style(.warning, on: ground))
      return
    }
    guard let round = entry.link.roundTrip else { return }
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
