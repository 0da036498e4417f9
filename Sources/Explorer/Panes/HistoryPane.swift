import Payloads
import Terminal
import TopicStore

/// Messages one a line, newest first: the history of a topic, or the stream below a branch.
struct HistoryPane {
  let entries: [HistoryState.Entry]
  /// The lit line; nil while nothing is chosen.
  let line: Int?
  let isFocused: Bool
  /// A stream names the topic of each message; a history the time since the one before.
  let isStream: Bool

  func draw(into frame: inout Frame, in place: Rect) {
    let topicColumns = isStream ? topicColumns(in: place) : 0
    for (index, entry) in entries.enumerated().prefix(place.rows) {
      let isLit = index == line
      let ground: Ground = isLit ? (isFocused ? .selected : .selectedUnfocused) : .panel
      let row = place.line(index)
      frame.fill(row, Style(.text, on: ground))
      draw(entry, topicColumns: topicColumns, into: &frame, in: row, on: ground)
    }
  }

  private func draw(
    _ entry: HistoryState.Entry, topicColumns: Int, into frame: inout Frame, in place: Rect, on ground: Ground
  ) {
    var pen = LineWriter(place, on: ground)
    pen.write(Format.time(entry.info.time), .age, into: &frame)
    pen.skip(2)
    if isStream {
      let name = TextWidth.clip(String(decoding: entry.topic, as: UTF8.self), to: topicColumns, keeping: .end)
      pen.write(name, .topic, into: &frame)
      pen.skip(topicColumns - TextWidth.of(name) + 2)
    } else if place.columns >= 44 {
      let gap = entry.gap.map(Format.gap) ?? ""
      pen.write(gap, .dim, into: &frame)
      pen.skip(max(1, 9 - TextWidth.of(gap)))
    }
    let flags = entry.info.flags
    pen.write("q\(flags.qos)", .label, into: &frame)
    pen.write(flags.contains(.retain) && !entry.info.deletesRetained ? " ◆" : "  ", .retained, into: &frame)
    pen.write(flags.contains(.dup) ? "D " : "  ", .warning, into: &frame)
    drawValue(of: entry, with: &pen, into: &frame)
  }

  private func drawValue(of entry: HistoryState.Entry, with pen: inout LineWriter, into frame: inout Frame) {
    guard entry.info.payloadSize > 0 else {
      let words = entry.info.deletesRetained ? "(empty) deletes the retained value" : "(empty)"
      return pen.write(words, .dim, into: &frame)
    }
    let line = oneLine(entry.prefix, size: entry.info.payloadSize, limit: max(1, pen.room))
    for span in line.spans {
      pen.write(span.text, span.token == .text ? .value : span.token.role, into: &frame)
    }
  }

  private func topicColumns(in place: Rect) -> Int {
    let widest = entries.map { TextWidth.of(String(decoding: $0.topic, as: UTF8.self)) }.max() ?? 0
    return min(widest, max(8, place.columns * 2 / 5))
  }
}
