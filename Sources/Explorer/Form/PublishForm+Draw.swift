import MQTT
import Terminal

/// The form on the screen: a function of the form and a rectangle.
extension PublishForm {
  private static let ground = Ground.panel
  /// Below this only a sentence is drawn.
  static let leastSize = Size(columns: 30, rows: 8)

  func draw(into frame: inout Frame, in rect: Rect) {
    frame.box(rect, title: "Publish", note: "MQTT \(terms.version)", isFocused: true, on: Self.ground)
    guard rect.columns >= Self.leastSize.columns, rect.rows >= Self.leastSize.rows else {
      let sentence = "Too small for the form: 30 columns and 8 rows are needed."
      frame.write(sentence, at: rect.inside.origin, in: rect.inside, Style(.warning, on: Self.ground))
      return
    }
    let layout = FormLayout(self, in: rect)
    for (field, place) in layout.inputs { draw(field, at: place, layout, into: &frame) }
    drawNote(layout, into: &frame)
    drawChecks(layout.checks, into: &frame)
    drawOutcomes(layout, into: &frame)
    drawFooter(rect.line(rect.rows - 1), FormCommand.footer(for: self), into: &frame)
    switch overlay {
    case .none: break
    case .completions(let list): draw(list, layout, in: rect, into: &frame)
    case .past(let list): list.draw(into: &frame, in: rect)
    }
  }

  private func draw(_ field: FormField, at place: Rect, _ layout: FormLayout, into frame: inout Frame) {
    let isFocused = field == focus && !isCovered
    let label = layout.isNarrow ? field.shortLabel : field.label
    let isInline = field == .retain || (field == .input && !layout.isNarrow)
    let column = isInline ? place.column - label.count - 1 : layout.labels.column
    let style = Style(.label, on: Self.ground, field == focus ? .bold : [])
    if !place.isEmpty { frame.write(label, at: Point(column: column, row: place.row), style) }
    switch field {
    case .qos:
      // What the broker does not take is a dash, unless it is chosen: then the checks say what is wrong
      let names = Self.qosNames.enumerated().map { index, name in
        index > Int(terms.maximumQoS.rawValue) && index != Int(qos.rawValue) ? "–" : name
      }
      drawChoice(names, Int(qos.rawValue), at: place, isFocused, into: &frame)
    case .retain:
      let isDeadly = isRetained && self[.payload].isEmpty && input != .file
      let style = Style(isDeadly ? .danger : .input, on: isFocused ? .fieldFocused : .field)
      let blank = terms.isRetainAvailable ? "[ ]" : "[–]"
      frame.write(isRetained ? "[x]" : blank, at: place.origin, in: place, style)
      if isFocused { frame.cursor = Point(column: place.column + 1, row: place.row) }
    case .input:
      drawChoice(Self.inputNames, PayloadInput.allCases.firstIndex(of: input) ?? 0, at: place, isFocused, into: &frame)
    case .payloadFormat:
      drawChoice(Self.payloadNames, isPayloadText ? 1 : 0, at: place, isFocused, into: &frame)
    default:
      let placeholder = field == .payload && input == .file ? "path of the file" : field.placeholder
      self[field].draw(into: &frame, in: place, isFocused: isFocused, placeholder: placeholder)
    }
  }

  private func drawNote(_ layout: FormLayout, into frame: inout Frame) {
    let used = FormField.allCases.filter { $0.isProperty && ($0 == .payloadFormat ? isPayloadText : !self[$0].isEmpty) }
    let sentence =
      if terms.version == .v3_1_1 {
        "MQTT 3.1.1 has no message properties; they need a connection with MQTT 5."
      } else if used.isEmpty {
        "No MQTT 5 properties; Tab leads to them."
      } else {
        "MQTT 5: " + used.map { $0.label.lowercased() }.joined(separator: ", ")
      }
    frame.write(sentence, at: layout.note.origin, in: layout.note, Style(.dim, on: Self.ground))
  }

  private func drawChecks(_ area: Rect, into frame: inout Frame) {
    var lines: [[Frame.Piece]] = []
    for sentence in sentences {
      guard lines.count < area.rows else { break }
      lines += Words.wrapped([sentence], columns: area.columns)
    }
    for (row, line) in lines.prefix(area.rows).enumerated() {
      frame.write(line, at: area.line(row).origin, in: area, on: Self.ground)
    }
  }

  /// What there is to say, the weightiest first, and in the end a hint for the field that has the keys.
  private var sentences: [Frame.Piece] {
    switch stage {
    case .confirming:
      let topic = PublishDraft(topic: self[.topic].text).topicInSentence
      let sentence = "This deletes the retained value of \(topic). Press Ctrl+S again to send it."
      return [Frame.Piece(sentence, .danger)]
    case .reading: return [Frame.Piece("Reading the file…", .dim)]
    case .writing: break
    }
    let shown = ([notice].compactMap(\.self) + checks.filter { $0 != notice }).map { check in
      switch check.weight {
      case .problem: Frame.Piece("× \(check.sentence)", .danger)
      case .missing where check == notice: Frame.Piece("× \(check.sentence)", .danger)
      case .warning: Frame.Piece("! \(check.sentence)", .warning)
      case .note, .missing: Frame.Piece(check.sentence, .dim)
      }
    }
    return shown + (focus.hint(qos).map { [Frame.Piece($0, .dim)] } ?? [])
  }

  private func drawOutcomes(_ layout: FormLayout, into frame: inout Frame) {
    let area = layout.outcomes
    let indent = layout.isNarrow ? 0 : layout.labels.columns
    var lines: [[Frame.Piece]] = []
    for outcome in outcomes.suffix(area.rows).reversed() {
      let story = Words.wrapped(outcome.pieces, columns: area.columns - indent)
      // The newest is shown as far as it fits, an older one whole or not at all.
      guard lines.isEmpty || lines.count + story.count <= area.rows else { break }
      let topic = TextWidth.clip(outcome.topic, to: indent - 2, keeping: .end)
      let gap = String(repeating: " ", count: max(indent - TextWidth.of(topic), 0))
      let blank = String(repeating: " ", count: indent)
      lines =
        story.enumerated().map { row, line in
          [Frame.Piece(row == 0 ? topic + gap : blank, .dim)] + line
        } + lines
    }
    if outcomes.isEmpty { lines = [[Frame.Piece("What becomes of a message is shown here.", .placeholder)]] }
    for (row, line) in lines.suffix(area.rows).enumerated() {
      frame.write(line, at: area.line(row).origin, in: area, on: Self.ground)
    }
  }

  private func draw(_ list: CompletionList, _ layout: FormLayout, in rect: Rect, into frame: inout Frame) {
    guard let topic = layout.inputs[.topic] else { return }
    let area = Rect(
      column: topic.column, row: topic.row + 1, columns: topic.columns,
      rows: min(list.topics.count, rect.endRow - 2 - topic.row))
    frame.fill(area, Style(.text, on: .popup))
    for (row, name) in list.topics.prefix(area.rows).enumerated() {
      let line = area.line(row)
      let ground: Ground = row == list.choice ? .selected : .popup
      frame.fill(line, Style(.topic, on: ground))
      let mark = row == list.choice ? "▸ " : "  "
      let text = mark + TextWidth.clip(name, to: line.columns - 2, keeping: .end)
      frame.write(text, at: line.origin, in: line, Style(.topic, on: ground))
    }
  }

  private var isCovered: Bool {
    if case .past = overlay { true } else { false }
  }
}

extension FormCommand {
  /// What the footer offers at this place, in short when it does not all fit.
  fileprivate static func footer(for form: PublishForm) -> [(key: String, words: String)] {
    let commands = allCases.filter { command in
      switch command {
      case .tidy: form.input == .json || form.input == .text
      case .undo, .redo: form.focus.isTyped
      default: true
      }
    }
    func items(isShort: Bool) -> [(key: String, words: String)] {
      commands.map { ($0.keyName(isShort: isShort), $0.words) }
    }
    let long = items(isShort: false)
    let width = long.reduce(0) { $0 + $1.key.count + $1.words.count + 3 }
    return width <= form.area.columns - 4 ? long : items(isShort: true)
  }
}

extension FormField {
  /// What the field means, for the person who has just come to it.
  fileprivate func hint(_ qos: QoS) -> String? {
    switch (self, qos) {
    case (.qos, .atMostOnce): "QoS 0: sent once, never acknowledged; it may be lost."
    case (.qos, .atLeastOnce): "QoS 1: sent until the broker answers PUBACK; it may arrive twice."
    case (.qos, .exactlyOnce): "QoS 2: PUBREC, PUBREL and PUBCOMP hand it over exactly once."
    case (.retain, _): "The broker keeps a retained message and gives it to whoever subscribes later."
    case (.expiry, _): "The broker drops the message when it could not deliver it for so long."
    case (.responseTopic, _): "Where the receiver should send its answer."
    case (.correlation, _): "The answer carries these bytes, so that it can be told which question it is for."
    default: nil
    }
  }
}
