/// Gathers spans until there is no more room, and then ends them with a mark.
///
/// The last place is held back until it is known whether the mark needs it.
struct Clipping {
  private var kept: [Line.Span] = []
  private var room: Int
  private var isFull = false
  private let isCut: Bool

  /// - Parameter isCut: More was sent than will be added.
  init(_ limit: Int, isCut: Bool) {
    room = limit
    self.isCut = isCut
  }

  /// Adds valid UTF-8.
  mutating func add(_ bytes: [UInt8], _ start: Int, _ end: Int, _ token: Token) {
    guard !isFull, end > start else { return }
    let length = bytes[start..<end].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    add(String(decoding: bytes[start..<end], as: UTF8.self), length: length, token)
  }

  func clip(_ spans: [Line.Span]) -> [Line.Span] {
    var clipping = self
    for span in spans { clipping.add(span.text, length: span.text.unicodeScalars.count, span.token) }
    return clipping.spans
  }

  private mutating func add(_ text: String, length: Int, _ token: Token) {
    guard !isFull else { return }
    if length > room { isFull = true }
    let text = isFull ? String(text.unicodeScalars.prefix(max(0, room))) : text
    room -= min(length, room)
    guard !text.isEmpty else { return }
    if let last = kept.indices.last, kept[last].token == token {
      kept[last].text += text
    } else {
      kept.append(Line.Span(text, token))
    }
  }

  /// What was added, ended by `…` when that is not all of it.
  var spans: [Line.Span] {
    guard isFull || isCut else { return kept }
    var shortened = kept
    if room == 0, let last = shortened.indices.last {
      shortened[last].text.unicodeScalars.removeLast()
      if shortened[last].text.isEmpty { shortened.removeLast() }
    } else if room == 0 {
      return []
    }
    return shortened + [Line.Span("…", .dim)]
  }
}
