import MQTT
import MQTTClient
import Payloads
import Terminal

/// What each key does, from the top layer down: the overlay, the form's own keys, the field that has the keys.
extension PublishForm {
  /// Acts on a key.
  ///
  /// - Parameter completions: Topics that begin with a prefix, the likeliest first; asked after the topic was changed.
  mutating func handle(_ key: Key, completions: (String) -> [String] = { _ in [] }) -> [FormEffect] {
    guard key.isDeed else { return [] }
    let command = FormCommand(key)
    notice = nil
    if command != .send, stage == .confirming {
      stage = .writing
      if command == .leave { return [] }
    }
    defer { settle() }
    if case .mouse(let event) = key {
      handle(event)
      return []
    }
    if handleOverlay(key) { return [] }
    if let command, let effects = perform(command) { return effects }
    let before = self[.topic].revision
    handleField(key)
    if focus == .topic, self[.topic].revision != before, recall == nil {
      let typed = self[.topic].text
      overlay = CompletionList(completions(typed), for: typed).map(Overlay.completions) ?? .none
    }
    return []
  }

  /// Nil for a command that is the field's to obey.
  private mutating func perform(_ command: FormCommand) -> [FormEffect]? {
    switch command {
    case .send: return send()
    case .qos: qos = QoS(rawValue: (qos.rawValue + 1) % 3) ?? .atMostOnce
    case .retain: isRetained.toggle()
    case .format: input = input.stepped(by: 1)
    case .tidy: tidy()
    case .past: overlay = .past(PastList(history))
    case .editor: return [.openEditor(text: self[.payload].text, fileExtension: input.fileExtension)]
    case .nextField: step(by: 1)
    case .previousField: step(by: -1)
    case .leave:
      stage = .writing
      return [.keepDraft(draft), .close]
    case .undo, .redo: return nil
    }
    return []
  }

  private mutating func handleField(_ key: Key) {
    switch focus {
    case .qos: chooseQoS(key)
    case .retain: if key == .character(" ") { isRetained.toggle() } else { stepRow(key) }
    case .payloadFormat: if key == .character(" ") { isPayloadText.toggle() } else { stepRow(key) }
    case .input: chooseInput(key)
    default: type(key)
    }
  }

  private mutating func type(_ key: Key) {
    let page = FormLayout(self, in: area).inputs[focus]?.rows ?? 1
    noticeDamage(of: key)
    guard !self[focus].handle(key, page: page) else { return }
    if focus == .topic || focus == .payload, key == .up || (key == .down && recall?.field == focus) {
      walkHistory(key == .up ? 1 : -1)
    } else {
      stepRow(key)
    }
  }

  /// A paste that is not what was copied is said to be so.
  private mutating func noticeDamage(of key: Key) {
    guard case .paste(let bytes, let isWhole) = key else { return }
    if !isWhole {
      notice = DraftCheck(field: focus, weight: .warning, sentence: "The paste was too long: its end is missing.")
    } else if String(validating: bytes, as: UTF8.self) == nil {
      let sentence = "The paste is not UTF-8: what could not be read is shown as \u{FFFD}. Use hex, Base64 or a file."
      notice = DraftCheck(field: focus, weight: .warning, sentence: sentence)
    }
  }

  private mutating func chooseQoS(_ key: Key) {
    switch key {
    case .character("0"): qos = .atMostOnce
    case .character("1"): qos = .atLeastOnce
    case .character("2"): qos = .exactlyOnce
    case .character(" "): qos = QoS(rawValue: (qos.rawValue + 1) % 3) ?? .atMostOnce
    case .right: qos = QoS(rawValue: qos.rawValue + 1) ?? qos
    case .left: if qos > .atMostOnce { qos = QoS(rawValue: qos.rawValue - 1) ?? qos }
    default: stepRow(key)
    }
  }

  private mutating func chooseInput(_ key: Key) {
    switch key {
    case .character(" "), .right: input = input.stepped(by: 1)
    case .left: input = input.stepped(by: -1)
    default: stepRow(key)
    }
  }

  /// Enter, ↑ and ↓ go from field to field where the field has no use for them; behind the topic comes what is to be said.
  private mutating func stepRow(_ key: Key) {
    switch key {
    case .enter where focus == .topic:
      focus = .payload
      overlay = .none
    case .enter, .down: step(by: 1)
    case .up: step(by: -1)
    default: break
    }
  }

  private mutating func step(by count: Int) {
    focus = fields.stepped(from: focus, by: count)
    overlay = .none
  }

  private mutating func tidy() {
    guard input == .json || input == .text else {
      notice = DraftCheck(field: .payload, weight: .note, sentence: "Only JSON can be made tidy.")
      return
    }
    do {
      let tidied = try JSONText.tidy(Array(self[.payload].text.utf8))
      self[.payload].set(String(decoding: tidied, as: UTF8.self))
      input = .json
    } catch {
      input = .json  // and the check says what is wrong
    }
  }

  /// From the topic a whole past publish comes back; from the payload only payloads, as the topic stays in force.
  private mutating func walkHistory(_ count: Int) {
    let walk = recall?.field == focus ? recall : nil
    let before = walk?.before ?? draft
    let distance = (walk?.distance ?? 0) + count
    guard distance <= history.drafts.count else { return }
    let past = distance == 0 ? before : history.drafts[history.drafts.count - distance]
    recall = distance == 0 ? nil : Recall(field: focus, before: before, distance: distance)
    if focus == .topic {
      fill(from: past)
    } else {
      setPayload(past.payload, input: past.input)
      if count > 0 { self[.payload].move(to: .start) }
    }
  }
}

extension Key {
  /// Whether the person did something; a mouse that only moves, or a window that gets the keyboard, changes nothing.
  fileprivate var isDeed: Bool {
    switch self {
    case .focusGained, .focusLost: false
    case .mouse(let event):
      switch event.action {
      case .press, .wheelUp, .wheelDown: true
      default: false
      }
    default: true
    }
  }
}

extension PayloadInput {
  fileprivate func stepped(by count: Int) -> PayloadInput {
    Self.allCases.stepped(from: self, by: count)
  }
}
