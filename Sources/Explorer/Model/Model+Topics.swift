import Terminal
import TopicStore

/// Opening, sorting and finding in the tree.
extension Model {
  mutating func arrange(_ action: Action) {
    switch action {
    case .openAll: store.setOpenBelow(true, nil)
    case .closeAll: store.setOpenBelow(false, nil)
    case .openBelow: tree.selected.map { store.setOpenBelow(true, $0) }
    case .closeBelow: tree.selected.map { store.setOpenBelow(false, $0) }
    default:
      store.sort(by: Order(rawValue: store.order.rawValue + 1) ?? .name)
      say(.information, "Sorted by \(store.order.words)")
    }
  }

  mutating func find(_ action: Action) {
    switch action {
    case .filter:
      if search == nil { search = Search() }
      search?.isEditing = true
    case .nextMatch: step(backwards: false)
    case .previousMatch: step(backwards: true)
    default: clear()
    }
  }

  /// Filters by what the prompt says; the rows follow in slices.
  mutating func filterTree() {
    store.setFilter(search.flatMap { Filter(typed: $0.text) })
  }

  mutating func endPrompt() {
    if search?.text.isEmpty ?? true {
      clearSearch()
    } else {
      search?.isEditing = false
      focus = .topics
      search?.awaitsMatch = true
      goToAwaitedMatch()
    }
  }

  mutating func clearSearch() {
    if search?.text.isEmpty == false, let chosen = tree.chosen, chosen == tree.selected { keepInSight(chosen) }
    search = nil
    store.setFilter(nil)
  }

  /// Opens for good the branches that the filter shows as open.
  private mutating func keepInSight(_ topic: TopicID) {
    var branch = store.parent(of: topic)
    while let open = branch {
      store.setOpen(true, open)
      branch = store.parent(of: open)
    }
  }

  /// Chooses a topic, opens what hides it, and gives the keys to the tree.
  mutating func go(to topic: TopicID) {
    store.reveal(topic)
    tree.choose(topic)
    focus = .topics
  }

  /// Leaves the selection where it is when it matches, and otherwise goes to the next topic that does, as soon as the
  /// tree has been searched: one may type faster than that.
  mutating func goToAwaitedMatch() {
    guard search?.awaitsMatch == true, !store.isFiltering else { return }
    search?.awaitsMatch = false
    guard store.row(at: tree.selectedRow)?.isMatch != true,
      let match = store.nextMatch(after: tree.selected, backwards: false)
    else { return }
    go(to: match)
  }

  private mutating func step(backwards: Bool) {
    guard search != nil else {
      say(.information, "There is nothing to step through yet; / finds topics.")
      return
    }
    guard let match = store.nextMatch(after: tree.selected, backwards: backwards) else {
      say(.information, store.isFiltering ? "Still searching" : "No topic matches.")
      return
    }
    go(to: match)
  }

  /// Esc takes back what is special about the screen, the nearest first.
  private mutating func clear() {
    if search != nil {
      clearSearch()
    } else if history.chosen != nil {
      history.follow()
    } else if isZoomed {
      isZoomed = false
    } else {
      focus = .topics
    }
  }
}
