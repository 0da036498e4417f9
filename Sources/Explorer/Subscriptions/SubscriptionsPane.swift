import MQTT
import MQTTClient
import Terminal

/// The subscriptions on the screen: what was asked for, what the broker granted, and the form to add or change one.
struct SubscriptionsPane {
  let view: SubscriptionsView
  let listed: [ConnectionStatus.Subscribed]
  let connection: ConnectionStatus
  let firstLevel: String?
  /// The moment of the frame, by the monotonic clock.
  let now: Int64
  /// The packet of the lit line's request, if its answer is missed and it is still kept.
  var unanswered: Unanswered?

  private static let askedColumns = 7
  private static let grantedColumns = 9
  private static let wideOptionColumns = 26

  func draw(into frame: inout Frame, in window: Rect) {
    let topic = view.topic.map { TextWidth.clip(String(decoding: $0, as: UTF8.self), to: 40, keeping: .end) }
    let title = topic.map { "What brings \($0)" } ?? "Subscriptions"
    frame.box(window, title: title, note: "\(listed.count)", isFocused: true)
    let inside = window.inside.inset(columns: 1, rows: 0)
    let formRows = view.form == nil ? 0 : SubscriptionFormPane.rows
    let (upper, form) = inside.split(rows: max(0, inside.rows - formRows))
    let words = sentences(columns: inside.columns)
    // In little room the list has its heading and two rows before anything is said of the lit one
    let (list, below) = upper.split(rows: max(3, upper.rows - words.count))
    drawHeading(into: &frame, in: list.line(0))
    drawList(into: &frame, in: list.split(rows: 1).bottom)
    for (row, line) in words.prefix(below.rows).enumerated() {
      frame.write(line, at: below.line(row).origin, in: below, on: .panel)
    }
    if let content = view.form {
      SubscriptionFormPane(form: content, connection: connection, problem: view.problem).draw(into: &frame, in: form)
    }
    drawFooter(window.line(window.rows - 1), keys, into: &frame)
  }

  private var keys: [(key: String, words: String)] {
    view.form == nil
      ? SubscriptionCommand.allCases.map { (key: $0.keys[0].name, words: $0.words) }.withHelp
      : [("Enter", "subscribe"), ("Tab", "next"), ("Space", "change"), ("Esc", "cancel")]
  }

  /// In little room the options are told below the list alone.
  private func optionColumns(in place: Rect) -> Int { place.columns >= 90 ? Self.wideOptionColumns : 0 }

  private func filterColumns(in place: Rect) -> Int {
    let widest = listed.map { TextWidth.of($0.filter) + 3 }.max() ?? 0
    let most = place.columns - Self.askedColumns - Self.grantedColumns - optionColumns(in: place) - 22
    return max(10, min(most, max(24, widest)))
  }

  private func drawHeading(into frame: inout Frame, in place: Rect) {
    var pen = LineWriter(place, on: .panel)
    pen.write("  filter", .dim, into: &frame)
    pen.skip(place.column + filterColumns(in: place) - pen.column)
    let options = optionColumns(in: place)
    pen.write("asked  granted" + (options > 0 ? "  options" : ""), .dim, into: &frame)
    pen.skip(
      place.column + filterColumns(in: place) + Self.askedColumns + Self.grantedColumns + options - pen.column)
    pen.write("the broker says", .dim, into: &frame)
  }

  private func drawList(into frame: inout Frame, in place: Rect) {
    guard !listed.isEmpty else {
      let words = view.topic == nil ? "There is no subscription; a adds one." : "No subscription of ours brings it."
      frame.write(words, at: place.origin, in: place, Style(.dim, on: .panel))
      return
    }
    let top = max(0, min(view.line - place.rows / 2, listed.count - place.rows))
    for (row, subscribed) in listed.dropFirst(top).prefix(place.rows).enumerated() {
      draw(subscribed, isLit: top + row == view.line, into: &frame, in: place.line(row))
    }
  }

  private func draw(
    _ subscribed: ConnectionStatus.Subscribed, isLit: Bool, into frame: inout Frame, in place: Rect
  ) {
    let ground: Ground = isLit ? (view.form == nil ? .selected : .selectedUnfocused) : .panel
    frame.fill(place, Style(.text, on: ground))
    var pen = LineWriter(place, on: ground)
    let columns = filterColumns(in: place)
    let filter = TextWidth.clip(subscribed.filter, to: columns - 3, keeping: .middle)
    pen.write((isLit ? "▸ " : "  ") + filter, subscribed.isRefused ? .danger : .topic, into: &frame)
    pen.skip(place.column + columns - pen.column)
    pen.write("QoS \(subscribed.requested.rawValue)", .value, into: &frame)
    pen.skip(place.column + columns + Self.askedColumns - pen.column)
    let isLess = subscribed.granted.map { $0 < subscribed.requested } ?? false
    pen.write(subscribed.granted.map { "QoS \($0.rawValue)" } ?? "–", isLess ? .warning : .value, into: &frame)
    pen.skip(place.column + columns + Self.askedColumns + Self.grantedColumns - pen.column)
    let room = optionColumns(in: place)
    let options = TextWidth.clip(subscribed.optionWords(version: connection.version ?? .v5), to: room - 2)
    pen.write(options, .label, into: &frame)
    pen.skip(place.column + columns + Self.askedColumns + Self.grantedColumns + room - pen.column)
    if let missing = missing(subscribed) {
      return pen.write("no answer for \(Format.age(missing))", .warning, into: &frame)
    }
    let isOffline = connection.phase != .connected && subscribed.answer == nil
    let isAsked = view.askedAt(subscribed.filter) != nil
    let answer = isOffline ? "not connected" : isAsked ? "asked, not answered yet" : subscribed.reason
    pen.write(answer, subscribed.isRefused ? .danger : .dim, into: &frame)
  }

  /// For how long the broker owes an answer, in nanoseconds, if that is longer than brokers take.
  func missing(_ subscribed: ConnectionStatus.Subscribed) -> Int64? {
    guard connection.phase == .connected, let connected = connection.connectedAt?.monotonic else { return nil }
    let asked = view.askedAt(subscribed.filter)
    guard asked != nil || subscribed.answer == nil else { return nil }
    let time = now - max(connected, asked ?? connected)
    return time >= Unanswered.patience ? time : nil
  }

  /// What the lit line means.
  private func sentences(columns: Int) -> [[Frame.Piece]] {
    guard view.form == nil, listed.indices.contains(view.line) else { return [] }
    let subscribed = listed[view.line]
    var text = subscribed.meaning(version: connection.version ?? .v5)
    var role = Role.dim
    if let code = subscribed.answer, code.isError {
      text = SubscriptionAdvice.sentence(refused: subscribed.filter, code, reason: nil, firstLevel: firstLevel)
      role = .warning
    }
    if let missing = missing(subscribed) {
      text = unanswered?.sentences ?? Unanswered.sentences(after: missing)
      role = .warning
    }
    return [[]] + Words.wrapped(text, columns: columns).prefix(6).map { [Frame.Piece($0, role)] }
  }
}

extension ConnectionStatus.Subscribed {
  /// The QoS that the broker granted; nil while it has not.
  var granted: QoS? { answer.flatMap { QoS(rawValue: $0.rawValue) } }

  /// The options in a few words.
  fileprivate func optionWords(version: ProtocolVersion) -> String {
    guard version == .v5 else { return "" }
    var words: [String] = []
    if let identifier { words.append("id \(identifier)") }
    if subscription.noLocal { words.append("no local") }
    if subscription.retainAsPublished { words.append("as published") }
    switch subscription.retainHandling {
    case .send: break
    case .sendIfNew: words.append("retained if new")
    case .doNotSend: words.append("no retained")
    }
    return words.joined(separator: ", ")
  }

  /// What the subscription does, in sentences.
  fileprivate func meaning(version: ProtocolVersion) -> String {
    var sentences: [String] = []
    if let granted, granted < requested {
      sentences.append("The broker granted QoS \(granted.rawValue), less than was asked for.")
    }
    guard version == .v5 else { return sentences.joined(separator: " ") }
    do {
      if let share = try TopicFilter(filter).shareName {
        sentences.append("Shared: each message goes to one client of the group \(share), which is not always us.")
      }
    } catch { return error.description }
    if subscription.noLocal { sentences.append("No Local: what we publish ourselves does not come back.") }
    sentences.append(
      subscription.retainAsPublished
        ? "As published: messages keep the retain flag they were published with, so ◆ is true."
        : "Live messages lose their retain flag.")
    switch subscription.retainHandling {
    case .send: sentences.append("Retained messages come at once.")
    case .sendIfNew: sentences.append("Retained messages come only if the subscription is new.")
    case .doNotSend: sentences.append("Retained messages do not come.")
    }
    return sentences.joined(separator: " ")
  }
}
