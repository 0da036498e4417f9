import TopicStore

/// Where the person is in the topic tree, and the rows that the screen shows of it.
///
/// The place is a topic, not a number: rows that come or go above it move the tree behind the selection, which stays on
/// its topic and on its line of the screen.
struct TreeState {
  /// The topic that was chosen; nil until the person does something, so that a tree that fills is seen from its top.
  private(set) var chosen: TopicID?
  /// The topic that is lit: the chosen one, or its nearest ancestor on screen while a filter or a fold hides it.
  private(set) var selected: TopicID?
  /// The row of `selected` in the whole tree.
  private(set) var selectedRow = 0
  /// The first row on the screen, and the rows from there.
  private(set) var top = 0
  private(set) var rows: [Row] = []
  /// Rows of the whole visible tree.
  private(set) var count = 0
  /// Where the value column starts, counted from the row's start.
  private(set) var valueColumn = 0
  /// The line of the screen on which the selection stands, counted from the pane's first.
  private var line = 0
  private var height = 1

  /// Takes the rows to show from the store. Costs O(height).
  mutating func refresh(from store: borrowing TopicStore, height: Int, width: Int) {
    self.height = max(1, height)
    find(in: store)
    line = min(max(0, line), self.height - 1)
    top = min(max(0, selectedRow - line), max(0, count - self.height))
    line = selectedRow - top
    rows = store.rows(in: top..<min(count, top + self.height))
    align(width: width)
  }

  /// Before a key acts: what is lit is what the person means from now on, wherever a key before it has moved the rows.
  mutating func hold(in store: borrowing TopicStore) {
    find(in: store)
    if chosen == nil { chosen = selected }
  }

  private mutating func find(in store: borrowing TopicStore) {
    count = store.rowCount
    selectedRow = min(chosen.flatMap { store.rowIndex(of: $0) } ?? 0, max(0, count - 1))
    selected = store.topic(at: selectedRow)
  }

  /// Chooses the topic `distance` rows further, or the first or last one past the ends.
  mutating func move(by distance: Int, in store: borrowing TopicStore) {
    let target = min(max(0, selectedRow + distance), max(0, store.rowCount - 1))
    guard let topic = store.topic(at: target) else { return }
    line = min(max(0, line + target - selectedRow), height - 1)
    selectedRow = target
    chosen = topic
  }

  /// Scrolls without leaving the chosen topic as long as it stays on the screen.
  mutating func scroll(by distance: Int, in store: borrowing TopicStore) {
    let target = min(max(0, top + distance), max(0, store.rowCount - height))
    let place = line - (target - top)
    top = target
    line = min(max(0, place), height - 1)
    guard line != place, let topic = store.topic(at: top + line) else { return }
    selectedRow = top + line
    chosen = topic
  }

  /// Chooses a topic wherever it is: on its line if it is on the screen, or else `refresh` brings it there with some of what
  /// stands above it.
  mutating func choose(_ topic: TopicID) {
    chosen = topic
    line = rows.firstIndex { $0.id == topic } ?? max(1, height / 3)
  }

  /// Chooses the topic on a line of the pane.
  mutating func choose(line index: Int) -> Bool {
    guard rows.indices.contains(index) else { return false }
    chosen = rows[index].id
    line = index
    return true
  }

  /// The rows of a page, so that a page down keeps a line of context.
  var page: Int { max(1, height - 1) }

  /// Aligns values one behind the other; the column moves to the right at once and back only when much is gained.
  private mutating func align(width: Int) {
    let limit = max(12, width / 2)
    let needed = rows.reduce(0) { widest, row in
      guard row.hasValue else { return widest }
      return max(widest, RowShape.nameColumn(of: row) + min(limit, RowShape.nameWidth(of: row)) + 2)
    }
    let wanted = min(limit, needed)
    if wanted > valueColumn || wanted < valueColumn - 8 || valueColumn > limit { valueColumn = wanted }
  }
}
