/// Every topic seen and the log of messages, inside a budget of bytes.
public struct TopicStore: ~Copyable {
  let limits: Limits
  var tree = TopicTree()
  var log: MessageLog
  /// The topics that got messages since the last settle.
  var pending = Pages<Pending>()
  /// When ticks began: at the first time the store was told.
  private var epoch: Int64?
  /// The tick of the last settle.
  private(set) var now: UInt32 = 0
  private var heldCount: UInt64 = 0
  private var heldSince: UInt32 = 0
  var evicted: UInt64 = 0
  var truncated: UInt64 = 0
  private var refused: UInt64 = 0
  private var byteRate: Float = 0
  /// Messages at this position and behind it wait for the next settle.
  private(set) var settledEnd: UInt64 = 0

  /// An empty store.
  public init(limits: Limits = Limits()) {
    self.limits = limits
    log = MessageLog(segmentBytes: limits.segmentBytes)
  }

  /// Takes one message. It shows after the next settle.
  ///
  /// - Parameter time: when it was received, in ns since 1970.
  public mutating func append(
    topic: RawSpan, payload: RawSpan, properties: RawSpan, flags: MessageFlags, at time: Int64
  ) {
    let nodes = tree.nodes.count
    guard topic.byteCount <= Int(UInt16.max), let index = tree.insert(topic, limit: limits.treeBytes) else {
      refused += 1
      return
    }
    if tree.nodes.count != nodes {
      makeRoom(for: 0)
    }
    let tick = self.tick(of: time)
    if heldCount == 0 {
      heldSince = tick
    }
    heldCount += 1
    let entry = pendingEntry(of: index)
    pending[entry].count += 1
    pending[entry].bytes += UInt64(topic.byteCount + payload.byteCount + properties.byteCount)
    pending[entry].tick = tick
    pending[entry].note(flags, isEmpty: payload.byteCount == 0)
    write(payload, properties, of: index, flags, at: time)
  }

  /// Publishes what was appended to rows, values, counters and histories. Not calling it is a pause.
  ///
  /// - Parameter now: the time of the frame to come, in ns since 1970; `row.ratePerSecond` is as of it.
  public mutating func settle(at now: Int64) {
    self.now = max(self.now, tick(of: now))
    if heldCount > 0 {
      publish()
    }
    tree.continueSorting(at: self.now)
  }

  /// Facts about the whole store.
  public var statistics: Statistics {
    let root = tree.tallies[0]
    return Statistics(
      topics: Int(tree.nodes[0].topicsBelow), messages: root.messages, bytes: root.bytes,
      messagesPerSecond: Double(tree.rate(of: 0, at: now)),
      bytesPerSecond: Double(byteRate * tree.decay.factor(after: now - min(now, root.changed))),
      meanMessagesPerSecond: tree.meanRate(of: 0, at: now), held: heldCount, evicted: evicted, truncated: truncated,
      refused: refused, memoryUsed: memoryUsed, memoryLimit: limits.bytes)
  }

  /// Bytes of memory in use.
  var memoryUsed: Int { tree.byteCount + log.byteCount + pending.byteCount }

  private mutating func publish() {
    let first = tree.linked
    if tree.nodes.count > first {
      tree.finishCounting()
      tree.linkAll()
    }
    let weight = tree.decay.weight(over: now - min(now, heldSince))
    let before = tree.tallies[0]
    for entry in 0..<UInt32(pending.count) {
      tree.fold(pending[entry], weight: weight)
    }
    let root = tree.tallies[0]
    byteRate =
      byteRate * tree.decay.factor(after: root.changed - before.changed) + Float(root.bytes - before.bytes) * weight
    tree.place(from: first)
    for entry in 0..<UInt32(pending.count) where pending[entry].shown == 0 {
      tree.noteValue(of: pending[entry].topic)
    }
    pending.removeAll()
    settledEnd = log.end
    heldCount = 0
    tree.resort.isNeeded = true
  }

  /// The topic's entry in the list for the next settle, made with its first message since the last one.
  private mutating func pendingEntry(of index: UInt32) -> UInt32 {
    let known = tree.heads[index].dirty
    guard known == 0 else {
      return known - 1
    }
    let node = tree.nodes[index]
    let shown = node.state.contains(.hasValue) ? tree.heads[index].newest : 0
    pending.append(
      Pending(
        topic: index, shown: shown, retained: node.retained, wasRetained: node.state.contains(.wasRetained)))
    tree.heads[index].dirty = UInt32(pending.count)
    return UInt32(pending.count - 1)
  }

  private mutating func tick(of time: Int64) -> UInt32 {
    guard let epoch else {
      self.epoch = time
      return 0
    }
    let (distance, isTooFar) = time.subtractingReportingOverflow(epoch)
    return isTooFar ? 0 : UInt32(clamping: distance / Self.tickNanoseconds)
  }

  private static let tickNanoseconds: Int64 = 10_000_000

  /// The time of a tick, in ns since 1970.
  func time(of tick: UInt32) -> Int64 {
    (epoch ?? 0) &+ Int64(tick) * Self.tickNanoseconds
  }
}
