extension TopicStore {
  /// Shows or hides what is below `topic`.
  public mutating func setOpen(_ isOpen: Bool, _ topic: TopicID) {}

  /// Opens or closes `topic` and all below it; nil is the whole tree.
  public mutating func setOpenBelow(_ isOpen: Bool, _ topic: TopicID?) {}

  /// Opens the ancestors of `topic`, so that it has a row (unless the filter hides it).
  public mutating func reveal(_ topic: TopicID) {}

  /// How siblings are sorted.
  public var order: Order { .name }

  /// Sorts siblings by another key. Keys that change are looked at again in `settle`, at a calm pace.
  public mutating func sort(by order: Order) {}
}
