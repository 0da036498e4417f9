import Terminal
import TopicStore

/// What `/` looks for in the tree: the text of the prompt, and whether it still has the keys.
struct Search: Equatable {
  private(set) var editor = TextEditor(isSingleLine: true)
  var isEditing = true
  /// It was ended before the tree was searched: the first match is gone to once it is found.
  var awaitsMatch = false

  var text: String { editor.text }

  /// What a key did to the prompt.
  enum Outcome: Equatable {
    case ignored
    /// The text is another one: the tree is to be filtered anew.
    case changed
    case accepted
    case cancelled
  }

  mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .enter: return .accepted
    case .escape: return .cancelled
    case .backspace where text.isEmpty: return .cancelled
    default:
      let before = text
      guard editor.handle(key, page: 1) else { return .ignored }
      return before == text ? .ignored : .changed
    }
  }

  /// - Parameter matches: Topics that match; nil while the tree is still being searched.
  func draw(into frame: inout Frame, in place: Rect, matches: Int?, of topics: Int) {
    frame.fill(place, Style(.text, on: .bar))
    var pen = LineWriter(place, on: .bar)
    let count = matches.map { "\(Format.count($0)) of \(Format.count(topics))" } ?? "searching"
    let used = frame.writeRight(count + " ", in: place, Style(.count, on: .bar))
    pen.write(" / ", .accent, .bold, into: &frame)
    let field = Rect(
      column: pen.column, row: place.row, columns: place.endColumn - pen.column - used - 1, rows: place.rows)
    editor.draw(
      into: &frame, in: field, isFocused: isEditing,
      placeholder: "part of a topic, an MQTT filter such as home/+/light, or !words to leave out")
  }
}
