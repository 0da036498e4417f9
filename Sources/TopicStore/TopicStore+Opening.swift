extension TopicStore {
  /// Shows or hides what is below `topic`. Closing while a filter is on lasts as long as the filter.
  public mutating func setOpen(_ isOpen: Bool, _ topic: TopicID) {
    if let index = tree.known(topic) {
      tree.setOpen(isOpen, index)
    }
  }

  /// Opens or closes `topic` and all below it; nil is the whole tree.
  public mutating func setOpenBelow(_ isOpen: Bool, _ topic: TopicID?) {
    guard let topic else {
      return tree.setOpenBelow(isOpen, 0)
    }
    if let index = tree.known(topic) {
      tree.setOpenBelow(isOpen, index)
    }
  }

  /// Opens the ancestors of `topic`, so that it has a row (unless the filter hides it).
  public mutating func reveal(_ topic: TopicID) {
    if let index = tree.known(topic) {
      tree.reveal(index)
    }
  }

  /// How siblings are sorted.
  public var order: Order { tree.order }

  /// Sorts siblings by another key. Keys that change are looked at again in `settle`, at a calm pace.
  public mutating func sort(by order: Order) {
    tree.sort(by: order, at: now)
  }
}
