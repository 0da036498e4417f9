import Payloads
import Terminal
import TopicStore

/// The screen as a function of the model.
extension Model {
  /// Draws what the last refresh took; changes nothing.
  package func frame() -> Frame {
    var frame = Frame(size: size)
    let layout = layout
    guard !layout.panes.isEmpty else {
      frame.writeParagraph(
        "mqttscope needs at least \(Layout.smallest.columns)x\(Layout.smallest.rows) cells.", in: Rect(size), Style())
      return frame
    }
    drawStatus(into: &frame, in: layout.status)
    if let place = layout.panes[.topics] { drawTopics(into: &frame, in: place) }
    if let place = layout.panes[.message] {
      if showsStream { drawStream(into: &frame, in: place) } else { drawMessage(into: &frame, in: place) }
    }
    if let place = layout.panes[.history] { drawHistory(into: &frame, in: place) }
    drawFooter(into: &frame, in: layout.footer)
    draw(layer, into: &frame)
    return frame
  }

  func drawStatus(into frame: inout Frame, in place: Rect) {
    StatusBar(
      connection: connection, statistics: store.statistics, rates: rates.samples, isPaused: isPaused,
      isReadOnly: isReadOnly, broker: self.place, now: now.monotonic
    ).draw(into: &frame, in: place)
  }

  private func drawTopics(into frame: inout Frame, in place: Rect) {
    let order = store.order == .name ? "" : "by \(store.order.words)"
    let found = search.flatMap { $0.text.isEmpty ? nil : "filter \($0.text)" } ?? ""
    let note = [found, order].filter { !$0.isEmpty }.joined(separator: " · ")
    frame.box(place, title: "1 Topics", note: TextWidth.clip(note, to: place.columns / 2), isFocused: has(.topics))
    if tree.count == 0 {
      let isEmpty = store.filter == nil || store.isFiltering || store.statistics.topics == 0
      let filter = isEmpty ? nil : search?.text
      EmptyTree(
        connection: connection, explanation: filter == nil ? explanation : nil, filter: filter, isReadOnly: isReadOnly,
        now: now.monotonic
      )
      .draw(into: &frame, in: place.inside)
    } else {
      TreePane(
        rows: tree.rows, selected: tree.selected, valueColumn: tree.valueColumn, isFocused: has(.topics), now: now.wall
      ).draw(into: &frame, in: place.inside)
    }
  }

  private func drawStream(into frame: inout Frame, in place: Rect) {
    guard let branch = tree.selected, let facts = store.facts(of: branch) else { return }
    let isFollowing = stream.isFollowing
    frame.box(
      place, title: "2 Stream", note: isFollowing ? "newest first" : "held where you are · g follows",
      isFocused: has(.message))
    let (header, list) = place.inside.split(rows: BranchHeader.rows)
    BranchHeader(topic: String(decoding: store.path(of: branch), as: UTF8.self), facts: facts)
      .draw(into: &frame, in: header)
    HistoryPane(
      entries: stream.entries, line: isFollowing && !has(.message) ? nil : stream.line, isFocused: has(.message),
      isStream: true
    ).draw(into: &frame, in: list)
  }

  private func drawMessage(into frame: inout Frame, in place: Rect) {
    frame.box(place, title: "2 Message", note: messageNote, isFocused: has(.message))
    messagePane?.draw(into: &frame, in: place.inside)
  }

  private var messageNote: String {
    let view = message.view == .auto ? "" : message.document.map { "\($0.shown)" } ?? ""
    let wrap = message.isWrapping ? "" : "not wrapped"
    let place = message.position.map { "line \(Format.count($0.first)) of \(Format.count($0.count))" } ?? ""
    let age = message.info.map { $0.id == store.newest(of: $0.topic) ? "" : "not the newest" } ?? ""
    return [age, view, wrap, place].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private func drawHistory(into frame: inout Frame, in place: Rect) {
    let kept = history.seen == 0 ? "" : "\(Format.count(history.kept)) kept of \(Format.count(history.seen))"
    let every = history.meanGap.map { " · every ~\(Format.gap($0).dropFirst())" } ?? ""
    frame.box(place, title: "3 History", note: kept + every, isFocused: has(.history))
    HistoryPane(
      entries: history.entries, line: history.chosen == nil && !has(.history) ? nil : history.line,
      isFocused: has(.history), isStream: false
    ).draw(into: &frame, in: place.inside)
  }

  private func drawFooter(into frame: inout Frame, in place: Rect) {
    if let search, search.isEditing {
      search.draw(
        into: &frame, in: place, matches: store.isFiltering ? nil : store.matchCount ?? store.statistics.topics,
        of: store.statistics.topics)
    } else {
      Footer(notice: notice, isReadOnly: isReadOnly, isCovered: layer != .none).draw(into: &frame, in: place)
    }
  }

  private func draw(_ layer: Layer, into frame: inout Frame) {
    switch layer {
    case .none: return
    case .commands(let list, let below):
      draw(below, into: &frame)
      list.draw(into: &frame, in: Rect(size))
    case .form: form.publish.draw(into: &frame, in: FormState.window(in: layerScreen))
    case .packets: PacketPane(view: packetView, log: packets, now: now).draw(into: &frame, in: layerWindow)
    case .facts: factsPane.draw(into: &frame, in: layerWindow)
    case .subscriptions: subscriptionsPane.draw(into: &frame, in: layerWindow)
    }
  }

  /// Whether a pane has the keys.
  private func has(_ pane: Pane) -> Bool {
    layer == .none && search?.isEditing != true
      && (focus == pane || (showsStream && pane == .message && focus == .history))
  }

  /// The message that is looked at.
  var messagePane: MessagePane? {
    guard let info = message.info, let document = message.document else { return nil }
    return MessagePane(
      topic: String(decoding: store.path(of: info.topic), as: UTF8.self), info: info, document: document,
      properties: message.properties, retained: retainedState(of: info), lines: message.lines, left: message.left,
      now: now.wall)
  }

  /// What the badge of one message says: for the newest what is known of the topic, for an older one what it said itself.
  private func retainedState(of info: MessageInfo) -> RetainedState {
    if info.id == store.newest(of: info.topic) { return store.facts(of: info.topic)?.retained ?? .no }
    return info.flags.contains(.retain) && !info.deletesRetained ? .yes : .no
  }
}

extension Order {
  /// The key that siblings are sorted by, in a word.
  var words: String {
    switch self {
    case .name: "name"
    case .count: "messages"
    case .rate: "rate"
    case .bytes: "bytes"
    case .age: "newest"
    }
  }
}
