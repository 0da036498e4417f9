import MQTT
import MQTTClient
import Payloads
import Terminal

/// The publish form: fields, what has the keys, what lies above it, and what became of what was sent.
///
/// A value without I/O: `handle` takes a key and returns what the host is to do, `update` takes what became of a
/// publish, and `draw` is a function of the form and a rectangle. Typed fields are text editors and are the only
/// copy of what was typed; a `PublishDraft` is made of them when one is needed. Checks are worked out after a key
/// and kept, and a payload above `liveLimit` is looked at only when it is sent, so a key costs the same at any size.
struct PublishForm: Equatable, Sendable {
  var qos = QoS.atMostOnce
  var isRetained = false
  var input = PayloadInput.text
  var isPayloadText = false
  var focus = FormField.topic
  var overlay = Overlay.none
  var stage = Stage.writing
  var history: PublishHistory
  /// What the connection allows; the host sets it on each connection.
  var terms = PublishTerms() { didSet { check() } }
  /// The rectangle that `draw` gets; the host sets it too, so that scrolling, paging and the mouse fit.
  var area = Rect(column: 0, row: 0, columns: 80, rows: 24) {
    didSet { scrollToCursors(fromStart: area.size != oldValue.size) }
  }
  /// The answer to the last key, if it needs one; it goes with the next.
  var notice: DraftCheck?

  private(set) var checks: [DraftCheck] = []
  private(set) var outcomes: [PublishOutcome] = []
  var recall: Recall?
  private var editors = FormField.allCases.map { TextEditor(isSingleLine: !$0.hasLines) }
  private var nextRequest: UInt64

  /// What lies above the fields and has the keys first.
  enum Overlay: Equatable, Sendable {
    case none
    case completions(CompletionList)
    case past(PastList)
  }

  /// Where a publish stands before it is handed over.
  enum Stage: Equatable, Sendable {
    case writing
    /// It deletes a retained value: the next Ctrl+S sends it.
    case confirming
    /// The host reads the file of the payload.
    case reading(PublishDraft, isConfirmed: Bool)
  }

  /// Payloads up to this size are checked after each key.
  static let liveLimit = 256 << 10
  private static let outcomeLimit = 100

  /// - Parameter firstRequest: The form numbers its publishes from here.
  init(
    _ draft: PublishDraft = PublishDraft(), history: PublishHistory = PublishHistory(), firstRequest: UInt64 = 1 << 32
  ) {
    self.history = history
    nextRequest = firstRequest
    fill(from: draft)
    for field in FormField.allCases { self[field].forgetChanges() }
    if !draft.topic.isEmpty { focus = .payload }
  }

  subscript(field: FormField) -> TextEditor {
    get { editors[field.rawValue] }
    _modify { yield &editors[field.rawValue] }
  }

  /// The fields that Tab goes through.
  var fields: [FormField] {
    FormField.allCases.filter { terms.version == .v5 || !$0.isProperty }
  }

  /// What is written now. Costs O(payload).
  var draft: PublishDraft { draft(payload: self[.payload].text) }

  /// Writes a draft into the fields, as one undoable change of each.
  mutating func fill(from draft: PublishDraft) {
    self[.topic].set(draft.topic)
    self[.contentType].set(draft.options.contentType)
    self[.responseTopic].set(draft.options.responseTopic)
    self[.correlation].set(draft.options.correlation)
    self[.expiry].set(draft.options.expiry)
    self[.userProperties].set(draft.options.userProperties)
    isPayloadText = draft.options.isPayloadText
    qos = draft.qos
    isRetained = draft.isRetained
    setPayload(draft.payload, input: draft.input)
    check()
  }

  mutating func setPayload(_ text: String, input: PayloadInput) {
    self[.payload].set(text)
    self.input = input
  }

  /// Takes what the external editor left. Editors end a file with a line end whether or not there was one: such a one
  /// is not added to the payload. Bytes that are not UTF-8 become hex.
  mutating func edited(_ bytes: [UInt8]) {
    let hadLineEnd = self[.payload].lines.count > 1 && self[.payload].lines.last?.isEmpty == true
    let kept = bytes.last == .newline && !hadLineEnd ? bytes.dropLast() : bytes[...]
    if let text = String(validating: kept, as: UTF8.self) {
      self[.payload].set(text)
    } else {
      setPayload(Format.hexadecimal(Array(kept), bytesPerLine: 16), input: .hex)
    }
    settle()
  }

  /// Takes a step of a publish that this form sent.
  ///
  /// - Parameter now: Nanoseconds of a clock that never goes back.
  mutating func update(_ request: RequestID, _ step: DeliveryStep, at now: Int64) {
    guard let place = outcomes.lastIndex(where: { $0.request == request }) else { return }
    outcomes[place].take(step, at: now)
  }

  /// After anything that changed: checks again and brings the cursors into view.
  mutating func settle() {
    if fields.contains(focus) == false { focus = .payload }
    check()
    scrollToCursors()
  }

  mutating func begin(_ message: Message) -> RequestID {
    let request = RequestID(rawValue: nextRequest)
    nextRequest += 1
    outcomes.append(PublishOutcome(request: request, topic: message.topic, qos: message.qos))
    if outcomes.count > Self.outcomeLimit { outcomes.removeFirst() }
    return request
  }

  private mutating func check() {
    let size = self[.payload].byteCount
    let isShort = size <= Self.liveLimit
    checks = draft(payload: isShort ? self[.payload].text : "").checks(under: terms, unreadSize: isShort ? nil : size)
  }

  /// - Parameter fromStart: What a narrower form had to hide on the left is shown again where there is room.
  private mutating func scrollToCursors(fromStart: Bool = false) {
    let layout = FormLayout(self, in: area)
    for (field, rect) in layout.inputs where field.isTyped {
      if fromStart { self[field].scroll.column = 0 }
      self[field].scrollToCursor(in: rect.size)
    }
  }

  private func draft(payload: String) -> PublishDraft {
    PublishDraft(
      topic: self[.topic].text, payload: payload, input: input, qos: qos, isRetained: isRetained,
      options: PublishOptions(
        contentType: self[.contentType].text, responseTopic: self[.responseTopic].text,
        correlation: self[.correlation].text, expiry: self[.expiry].text, isPayloadText: isPayloadText,
        userProperties: self[.userProperties].text))
  }
}
