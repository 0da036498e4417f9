import MQTT
import Terminal

/// The window of past publishes on the screen.
extension PastList {
  func draw(into frame: inout Frame, in rect: Rect) {
    let all = Format.count(total)
    let count = matches.count == total ? all : "\(Format.count(matches.count)) of \(all)"
    frame.box(rect, title: "Past publishes", note: count, isFocused: true, on: .panel)
    let (top, list) = rect.inset(columns: 2, rows: 1).split(rows: 1)
    let (label, field) = top.split(columns: 6)
    frame.write("Find", at: label.origin, in: label, Style(.label, on: .panel))
    filter.draw(into: &frame, in: field, isFocused: true, placeholder: "part of a topic or a payload")
    if matches.isEmpty {
      let sentence =
        total == 0 ? "Nothing was published yet." : "No past publish has this in its topic or the start of its payload."
      frame.write(sentence, at: list.origin, in: list, Style(.dim, on: .panel))
    }
    for (row, place) in rows(list.rows).enumerated() {
      draw(matches[place], at: list.line(row), isChosen: place == choice, into: &frame)
    }
    drawFooter(rect.line(rect.rows - 1), [("Enter", "take"), ("↑↓", "choose"), ("Esc", "back")], into: &frame)
  }

  private func draw(_ draft: PublishDraft, at line: Rect, isChosen: Bool, into frame: inout Frame) {
    let ground: Ground = isChosen ? .selected : .panel
    frame.fill(line, Style(.text, on: ground))
    let (mark, rest) = line.split(columns: 2)
    let (topic, facts) = rest.split(columns: rest.columns * 2 / 5)
    let (flags, payload) = facts.split(columns: 7)
    if isChosen { frame.write("▸", at: mark.origin, in: mark, Style(.text, on: ground)) }
    let name = TextWidth.clip(draft.topic, to: topic.columns, keeping: .end)
    frame.write(name, at: topic.origin, in: topic, Style(.topic, on: ground))
    let retained = draft.isRetained ? "◆" : "·"
    frame.write("  q\(draft.qos.rawValue) ", at: flags.origin, in: flags, Style(.dim, on: ground))
    let badge = Point(column: flags.column + 5, row: flags.row)
    frame.write(retained, at: badge, in: flags, Style(draft.isRetained ? .retained : .live, on: ground))
    let start = String(draft.payload.unicodeScalars.prefix(payload.columns + 1))
    let text = draft.input == .text || draft.input == .json ? start : "\(draft.input.name) \(start)"
    let shown = draft.payload.isEmpty ? "(empty)" : text
    frame.write(shown, at: payload.origin, in: payload, Style(draft.payload.isEmpty ? .dim : .value, on: ground))
  }
}
