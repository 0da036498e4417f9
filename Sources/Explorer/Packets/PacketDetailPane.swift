import MQTT
import MQTTClient
import Terminal

/// The lit packet taken apart: each field with its place, its bytes, its name and what it says, then all bytes.
struct PacketDetailPane {
  let detail: PacketDetail
  let top: Int

  func draw(into frame: inout Frame, in place: Rect) {
    guard place.rows > 0 else { return }
    drawRule(into: &frame, in: place.line(0))
    let body = place.split(rows: 1).bottom
    for row in 0..<max(0, min(body.rows, detail.lineCount - top)) {
      let line = body.line(row)
      let index = top + row
      if index < detail.fields.count {
        draw(index, into: &frame, in: line)
      } else if index > detail.fields.count {
        drawBytes(index - detail.fields.count - 1, into: &frame, in: line)
      }
    }
  }

  private func drawRule(into frame: inout Frame, in place: Rect) {
    frame.write(String(repeating: "─", count: place.columns), at: place.origin, in: place, Style(.border, on: .panel))
    let whose = detail.packet.isSent ? "we sent" : "the broker sent"
    let type = detail.packet.type.map { "\($0)" } ?? "no packet"
    let words = " \(type), \(whose) \(Format.count(detail.packet.size)) bytes "
    frame.write(words, at: Point(column: place.column + 1, row: place.row), in: place, Style(.title, on: .panel))
    let above = top == 0 ? "" : "line \(Format.count(top + 1)) of \(Format.count(detail.lineCount))"
    if !above.isEmpty { frame.writeRight(" \(above) ", in: place, Style(.dim, on: .panel)) }
  }

  private func draw(_ index: Int, into frame: inout Frame, in place: Rect) {
    let field = detail.fields[index]
    let byteLimit = place.columns >= 100 ? 8 : 4
    // Bits are a part of the byte above them, whose digits need no repetition
    let isBits = field.kind == .part && index > 0 && detail.fields[index - 1].place == field.place
    var pen = LineWriter(place, on: .panel)
    let offset = String(field.place.lowerBound)
    pen.skip(max(0, 5 - offset.count))
    pen.write(isBits ? String(repeating: " ", count: offset.count) : offset, .offset, into: &frame)
    pen.skip(2)
    let start = pen.column
    if !isBits { pen.write(detail.digits(of: field.place, limit: byteLimit), .byte, into: &frame) }
    pen.skip(start + byteLimit * 3 + 3 - pen.column)
    pen.write((field.kind == .part ? "  " : "") + field.name, field.kind == .fault ? .danger : .label, into: &frame)
    pen.skip(max(2, start + byteLimit * 3 + 3 + 30 - pen.column))
    pen.write(field.value, role(of: field), into: &frame)
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
    var pen = LineWriter(place, on: .panel)
    pen.skip(1)
    pen.write(dump.offset, .offset, into: &frame)
    pen.skip(2)
    let start = pen.column
    pen.write(dump.digits, .byte, into: &frame)
    pen.skip(start + PacketDetail.bytesPerLine * 3 + 1 - pen.column)
    pen.write(dump.text, .ascii, into: &frame)
  }
}
