import MQTT
import MQTTClient
import Terminal

/// The lit entry opened: each field with its place, its bytes, its name and what it says, then all bytes.
struct PacketDetailPane {
  let detail: PacketDetail
  let top: Int

  func draw(into frame: inout Frame, in place: Rect) {
    guard place.rows > 0 else { return }
    drawRule(into: &frame, in: place.line(0))
    let body = place.split(rows: 1).bottom
    for (row, line) in detail.lines.dropFirst(top).prefix(body.rows).enumerated() {
      draw(line, into: &frame, in: body.line(row))
    }
  }

  private func drawRule(into frame: inout Frame, in place: Rect) {
    frame.write(String(repeating: "─", count: place.columns), at: place.origin, in: place, Style(.border, on: .panel))
    let point = Point(column: place.column + 1, row: place.row)
    frame.write(" \(title) ", at: point, in: place, Style(.title, on: .panel))
    let above = top == 0 ? "" : "line \(Format.count(top + 1)) of \(Format.count(detail.lineCount))"
    if !above.isEmpty { frame.writeRight(" \(above) ", in: place, Style(.dim, on: .panel)) }
  }

  private var title: String {
    guard let packet = detail.packet else { return "What happened to the connection" }
    let type = packet.type.map { "\($0)" } ?? "no packet"
    return "\(type), \(packet.isSent ? "we sent" : "the broker sent") \(Format.count(packet.size)) bytes"
  }

  private func draw(_ line: PacketDetail.Line, into frame: inout Frame, in place: Rect) {
    var pen = LineWriter(place, on: .panel)
    switch line {
    case .blank: break
    case .field(let index, let value): draw(index, value, into: &frame, in: place)
    case .more(let index, let value):
      pen.skip(detail.columns().moreColumn)
      pen.write(value, role(of: detail.fields[index]), into: &frame)
    case .words(let words):
      pen.skip(1)
      pen.write(words, .value, into: &frame)
    case .warning(let words):
      pen.skip(1)
      pen.write(words, .warning, into: &frame)
    case .bytes(let line): drawBytes(line, into: &frame, in: place)
    }
  }

  private func draw(_ index: Int, _ value: String, into frame: inout Frame, in place: Rect) {
    let field = detail.fields[index]
    let columns = detail.columns()
    // Bits are a part of the byte above them, whose place and digits need no repetition
    let isBits = field.kind == .part && index > 0 && detail.fields[index - 1].place == field.place
    var pen = LineWriter(place, on: .panel)
    let offset = String(field.place.lowerBound)
    pen.skip(max(0, (columns.isBeside ? 5 : 4) - offset.count))
    pen.write(isBits ? String(repeating: " ", count: offset.count) : offset, .offset, into: &frame)
    if columns.byteLimit > 0, !isBits {
      pen.skip(2)
      pen.write(detail.digits(of: field.place, limit: columns.byteLimit), .byte, into: &frame)
    }
    pen.skip(place.column + columns.nameColumn - pen.column)
    pen.write(columns.name(of: field), field.kind == .fault ? .danger : .label, into: &frame)
    pen.skip(place.column + columns.valueColumn(of: field) - pen.column)
    pen.write(value, role(of: field), into: &frame)
  }

  private func role(of field: PacketField) -> Role {
    switch field.kind {
    case .fault: .danger
    case .missing: .warning
    case .secret: .control
    case .field, .part: .value
    }
  }

  private func drawBytes(_ line: Int, into frame: inout Frame, in place: Rect) {
    let dump = detail.dump(line)
    let columns = detail.columns()
    var pen = LineWriter(place, on: .panel)
    if columns.isBeside { pen.skip(1) }
    pen.write(dump.offset, .offset, into: &frame)
    pen.skip(columns.isBeside ? 2 : 1)
    let start = pen.column
    pen.write(dump.digits, .byte, into: &frame)
    pen.skip(start + columns.bytesPerLine * 3 + (columns.isBeside ? 1 : 0) - pen.column)
    pen.write(dump.text, .ascii, into: &frame)
  }
}
