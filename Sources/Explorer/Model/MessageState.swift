import MQTT
import Payloads
import Terminal
import TopicStore

/// The message that is looked at: its document, and the lines of it that the screen shows.
///
/// A payload is decoded when it is looked at and only then. A large one on a busy topic is decoded again only after ten
/// times the time that it took, so that looking costs a tenth of a core at most; header and body always belong to one
/// message.
struct MessageState {
  private var opened: OpenedMessage?
  /// The lines on the screen.
  private(set) var lines: [Line] = []
  private(set) var view = View.auto
  private(set) var isWrapping = true
  /// Columns scrolled to the right; only without wrapping.
  private(set) var left = 0
  private var top = LinePlace()
  /// The part of the screen that the lines fill.
  private(set) var size = Size(columns: 80, rows: 1)

  /// A place in the document: a line of it, and how many lines of the screen into that line.
  private struct LinePlace: Equatable {
    var line = 0
    var part = 0
  }

  /// A message and what was made of it, for which view and width, and when that may be made anew.
  private struct OpenedMessage {
    let info: MessageInfo
    let document: Document
    let properties: Properties
    let view: View
    let bytesPerLine: Int
    let notBefore: Int64
  }

  /// The message on the screen, which on a busy topic need not be the newest.
  var info: MessageInfo? { opened?.info }
  var document: Document? { opened?.document }
  /// The message's MQTT 5 properties.
  var properties: Properties { opened?.properties ?? [] }

  /// Shows a message, or nothing.
  ///
  /// - Parameters:
  ///   - isChosen: The person chose this very message; then it is shown at once, however large.
  ///   - clock: The monotonic time in nanoseconds, to measure what decoding costs.
  mutating func show(
    _ id: MessageID?, isChosen: Bool, from store: borrowing TopicStore, columns: Int, clock: () -> Int64
  ) {
    guard let id, let info = store.message(id) else { return clear() }
    let bytesPerLine = HexDump.bytesPerLine(fitting: columns, size: info.keptPayloadSize)
    let started = clock()
    if let opened, opened.view == view, opened.bytesPerLine == bytesPerLine {
      if info == opened.info { return }
      if info.topic == opened.info.topic, !isChosen, started < opened.notBefore { return }
    }
    if info.topic != self.info?.topic { scrollToStart() }
    guard let payload = store.payload(of: id) else { return clear() }
    let offset = opened.flatMap { $0.document.shown == .hex ? top.line * $0.bytesPerLine : nil }
    let document = Document(payload, view: view, bytesPerLine: bytesPerLine)
    if let offset, document.shown == .hex { top.line = offset / max(1, bytesPerLine) }
    opened = OpenedMessage(
      info: info, document: document, properties: Self.properties(of: id, in: store), view: view,
      bytesPerLine: bytesPerLine, notBefore: started + 11 * (clock() - started))
  }

  /// Formats the lines for a screen of this size.
  mutating func layOut(in size: Size) {
    self.size = size
    guard let document else { return lines = [] }
    top.line = min(top.line, max(0, document.lineCount - 1))
    top.part = min(top.part, max(0, parts(of: top.line).count - 1))
    lines = []
    var place = top
    while lines.count < size.rows, place.line < document.lineCount {
      lines += parts(of: place.line).dropFirst(place.part).prefix(size.rows - lines.count)
      place = LinePlace(line: place.line + 1)
    }
  }

  mutating func cycleView() {
    view = View(rawValue: view.rawValue + 1) ?? .auto
    scrollToStart()
  }

  mutating func toggleWrapping() {
    isWrapping.toggle()
    left = 0
    top.part = 0
  }

  mutating func scrollToStart() {
    top = LinePlace()
    left = 0
  }

  mutating func scrollToEnd() {
    guard let document else { return }
    let last = max(0, document.lineCount - 1)
    top = LinePlace(line: last, part: max(0, parts(of: last).count - 1))
    scroll(by: -(size.rows - 1))
  }

  mutating func scroll(across columns: Int) {
    guard !isWrapping else { return }
    let widest = lines.map { TextWidth.of($0.text) }.max() ?? 0
    left = min(max(0, left + columns), max(0, widest - 1))
  }

  /// Moves by lines of the screen. Costs O(distance).
  mutating func scroll(by distance: Int) {
    guard let document else { return }
    for _ in 0..<distance.magnitude {
      if distance > 0 {
        guard !endsOnScreen(from: top, in: document) else { return }
        let next = top.part + 1 < parts(of: top.line).count
        top = next ? LinePlace(line: top.line, part: top.part + 1) : LinePlace(line: top.line + 1)
      } else if top.part > 0 {
        top.part -= 1
      } else if top.line > 0 {
        top = LinePlace(line: top.line - 1, part: max(0, parts(of: top.line - 1).count - 1))
      } else {
        return
      }
    }
  }

  /// Where the screen is in the document, for the pane's title: `1-40 of 2,310`.
  var position: (first: Int, count: Int)? {
    guard let document, document.lineCount > size.rows || top != LinePlace() else { return nil }
    return (top.line + 1, document.lineCount)
  }

  private func endsOnScreen(from place: LinePlace, in document: Document) -> Bool {
    var rows = -place.part
    for line in place.line..<document.lineCount {
      rows += parts(of: line).count
      if rows > size.rows { return false }
    }
    return true
  }

  private func parts(of line: Int) -> [Line] {
    guard let document else { return [] }
    let whole = document.line(line)
    return isWrapping ? whole.wrapped(columns: size.columns) : [whole]
  }

  private static func properties(of id: MessageID, in store: borrowing TopicStore) -> Properties {
    guard let bytes = store.properties(of: id), !bytes.isEmpty else { return [] }
    do {
      return try Properties(ofPublish: bytes.span.bytes)
    } catch {
      // Only what the decoder found valid is ever appended, so this says that the store is broken.
      preconditionFailure("The store gave back properties that were not appended: \(error)")
    }
  }

  private mutating func clear() {
    opened = nil
    scrollToStart()
  }
}
