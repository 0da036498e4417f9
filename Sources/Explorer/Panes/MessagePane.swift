import MQTT
import Payloads
import Terminal
import TopicStore

/// One message: its topic, the facts of its packet, its properties, and its payload.
struct MessagePane {
  let topic: String
  let info: MessageInfo
  let document: Document
  let properties: Properties
  let retained: RetainedState
  let lines: [Line]
  /// Columns that the payload is scrolled to the right.
  let left: Int
  let now: Int64

  /// The rows above the payload.
  func headerRows(in size: Size) -> Int {
    min(size.rows, 2 + notes(columns: size.columns).count + min(propertyRows.count, max(0, size.rows / 3)))
  }

  func draw(into frame: inout Frame, in place: Rect) {
    let (header, body) = place.split(rows: headerRows(in: place.size))
    drawTopic(into: &frame, in: header.line(0))
    drawFacts(into: &frame, in: header.line(1))
    let notes = notes(columns: place.columns)
    for (index, note) in notes.enumerated() {
      frame.write(note, at: header.line(2 + index).origin, in: header.line(2 + index), Style(.warning, on: .panel))
    }
    drawProperties(into: &frame, in: header.split(rows: 2 + notes.count).bottom)
    drawPayload(into: &frame, in: body)
  }

  private func drawTopic(into frame: inout Frame, in place: Rect) {
    let text = TextWidth.clip(TopicText.path(topic), to: place.columns, keeping: .end)
    frame.write(text, at: place.origin, in: place, Style(.topic, on: .panel, .bold))
  }

  private func drawFacts(into frame: inout Frame, in place: Rect) {
    var pen = LineWriter(place, on: .panel)
    pen.write("\(document.summary) \(Format.size(info.payloadSize))", .accent, into: &frame)
    pen.writeWhole("QoS \(info.flags.qos)", .label, gap: 3, into: &frame)
    let words = info.deletesRetained ? "retained value deleted" : retained.words
    pen.writeWhole("\(retained.badge) \(words)", retained.role, gap: 3, into: &frame)
    if info.flags.contains(.dup) { pen.writeWhole("DUP", .warning, gap: 3, into: &frame) }
    pen.writeWhole(Format.time(info.time), .age, gap: 3, into: &frame)
    let age = Format.age(now - info.time)
    pen.writeWhole(age == "now" ? age : age + " ago", .age, gap: 3, into: &frame)
  }

  /// What has to be said of the message before its payload is believed.
  private func notes(columns: Int) -> [String] {
    var notes: [String] = []
    if info.isTruncated {
      notes.append(
        "Only the first \(Format.size(info.keptPayloadSize)) are kept: the message is too large for --memory.")
    }
    if let problem = document.problem { notes.append(problem.description) }
    return notes.flatMap { Words.wrapped($0, columns: columns) }
  }

  private var propertyRows: [(name: String, value: String)] {
    properties.list.map(PropertyText.init).map { ($0.name, $0.value) }
  }

  private func drawProperties(into frame: inout Frame, in place: Rect) {
    let rows = propertyRows
    for (index, row) in rows.prefix(place.rows).enumerated() {
      var pen = LineWriter(place.line(index), on: .panel)
      if index == place.rows - 1, rows.count > place.rows {
        pen.write("and \(rows.count - index) more properties", .dim, into: &frame)
        return
      }
      pen.write(row.name + "  ", .label, into: &frame)
      pen.write(row.value, .value, into: &frame)
    }
  }

  private func drawPayload(into frame: inout Frame, in place: Rect) {
    for (index, line) in lines.enumerated().prefix(place.rows) {
      var point = Point(column: place.column - left, row: place.row + index)
      for span in line.spans {
        let role = document.kind == .text && span.token == .text ? .value : span.token.role
        point.column += frame.write(span.text, at: point, in: place, Style(role, on: .panel))
        if point.column >= place.endColumn { break }
      }
    }
  }
}

extension MessageInfo {
  /// The publish was retained and empty, which deletes the retained value of its topic.
  var deletesRetained: Bool { flags.contains(.retain) && payloadSize == 0 }  // [MQTT-3.3.1-6]
}

extension RetainedState {
  /// The state in words, beside its badge.
  var words: String {
    switch self {
    case .yes: "retained"
    case .unknown: "perhaps retained"
    case .no: "live"
    }
  }
}
