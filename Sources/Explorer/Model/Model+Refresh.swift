import Payloads
import Terminal
import TopicStore

/// From what was appended to what is shown.
extension Model {
  /// A refresh may work on a filter for so long, in nanoseconds; the rest is for the next one.
  private static let filterSlice: Int64 = 6_000_000

  /// Brings everything that is shown up to this moment. Costs O(rows on screen).
  package mutating func refresh(at now: Instant, clock: () -> Int64) {
    self.now = now
    if let notice, notice.until <= now.monotonic { self.notice = nil }
    if !isPaused {
      store.settle(at: now.wall)
      rates.add(store.statistics.messagesPerSecond, at: now.monotonic)
    }
    continueFiltering(clock: clock)
    refreshTree()
    refreshMessage(clock: clock)
    refreshPackets()
    if layer == .form { form.publish.area = FormState.window(in: layerScreen) }
  }

  /// There is more to do than one refresh may take.
  var isUnfinished: Bool { store.isFiltering }

  private mutating func continueFiltering(clock: () -> Int64) {
    guard store.isFiltering else { return }
    let end = clock() + Self.filterSlice
    while !store.continueFiltering(), clock() < end {}
    goToAwaitedMatch()
  }

  private mutating func refreshTree() {
    let place = layout.panes[.topics]?.inside ?? Rect(column: 0, row: 0, columns: 40, rows: 1)
    tree.refresh(from: store, height: place.rows, width: place.columns)
  }

  private mutating func refreshMessage(clock: () -> Int64) {
    let panes = layout.panes
    // A message that is not on the screen keeps its lines, and so the place in them.
    let messagePlace = panes[.message]?.inside.size ?? Size(columns: message.size.columns, rows: 1)
    if showsStream {
      message.show(nil, isChosen: false, from: store, columns: messagePlace.columns, clock: clock)
      stream.refresh(branch: tree.selected, from: store, height: messagePlace.rows - BranchHeader.rows)
      history.refresh(topic: nil, from: store, height: 1)
      return
    }
    stream.refresh(branch: nil, from: store, height: 1)
    history.refresh(topic: tree.selected, from: store, height: panes[.history]?.inside.rows ?? 1)
    let newest = tree.selected.flatMap { store.newest(of: $0) }
    message.show(
      history.chosen ?? newest, isChosen: history.chosen != nil, from: store, columns: messagePlace.columns,
      clock: clock)
    let header = messagePane?.headerRows(in: messagePlace) ?? 0
    message.layOut(in: Size(columns: messagePlace.columns, rows: max(1, messagePlace.rows - header)))
  }
}
