/// Every topic seen and the log of messages, inside a budget of bytes.
///
/// Two structures know of each other only by numbers. The *log* is a ring of segments of bytes; a message is written once, behind
/// all others, with the index of its topic and the distance to the topic's message before it. The *tree* has a node for every
/// level of every topic, and each node knows the position of its newest message. So a history is a chain walked backwards, a
/// stream is the end of the log or a merge of chains, and nothing is stored twice.
///
/// ```
/// append ─▶ PathTable ─▶ Head.newest ─▶ log            leaf only: one hash, one compare, one copy
///              pending list ─▶ settle ─▶ link, fold      new nodes get rows, counters go up to the root
/// rows(in:) ─▶ descend by Node.rows ─▶ log             only what is on screen becomes a String
/// ```
///
/// **Settling is the only moment at which anything visible changes.** `append` touches the topic's `Head`, the log and a list of
/// topics that got something (`Pending`: how much, and which message the topic shows until then). `settle` folds that list
/// into the ancestors, gives new nodes their places, and makes the newest message the shown one. Not settling is a pause:
/// rows, values, counters and histories stay, while messages are still taken and evicted.
///
/// **The budget is over everything**, and what it costs is counted. The log has what the tree leaves of it; topics may take
/// a quarter, then new ones are refused. When the log is full its oldest segment goes: what it held is counted as evicted, but
/// the newest and the shown message of a topic are moved to the front, whole as long as moved messages take less than half of
/// the room, else cut to their first bytes and flagged. So every topic seen always has a value to show, and `evicted`,
/// `truncated` and `refused` say what is missing. A message larger than a segment has a segment of its own.
///
/// **Rows.** The children of a node are a treap: a search tree by the chosen order, balanced by a hash of the index. Every node
/// sums the rows of its part of the treap, so the row at an index and the index of a row cost the depth and the logarithm
/// of siblings, and a frame walks on from its first row. Opening a branch changes one sum a level. Orders by changing keys
/// are brought up to date at a calm pace, some thousand nodes a settle.
///
/// **Filters** are evaluated for all nodes in slices, beside the ones that are shown: down the paths for what fits, up for what
/// leads there, then the rows to come are counted; the last slice makes them the rows. New topics are asked as they come.
///
/// Costs, with d levels and s siblings: append O(topic bytes) and no allocation for a known topic; settle O(d) a topic that
/// got messages, O(d + log s) a new one; a frame O(d log s + rows); 32 bytes each of `Node`, `Head` and `Tally` a level, its name,
/// 10 to 20 bytes of table, and 20 bytes a message. Invariants: a parent's index is lower than its child's; `rows` sums as said
/// in `TopicTree+Siblings`; `kept` is the length of the chain from `newest`; settled messages = kept + evicted. The slow model
/// in the tests holds them all against random acts.
public struct TopicStore: ~Copyable {
  let limits: Limits
  var tree = TopicTree()
  var log: MessageLog
  /// The topics that got messages since the last settle.
  var pending = Pages<Pending>()
  /// When ticks began: at the first time the store was told.
  private var epoch: Int64?
  /// The messages of one read have one time, so its tick is computed once.
  private var lastTime: Int64 = 0
  private var lastTick: UInt32 = 0
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
    pending[entry].add(
      topic.byteCount + payload.byteCount + properties.byteCount, flags, isEmpty: payload.byteCount == 0, at: tick)
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
      bytesPerSecond: bytesPerSecond,
      meanMessagesPerSecond: tree.meanRate(of: 0, at: now), held: heldCount, evicted: evicted, truncated: truncated,
      refused: refused, memoryUsed: memoryUsed, memoryLimit: limits.bytes)
  }

  private var bytesPerSecond: Double {
    let rate = byteRate * tree.decay.factor(after: now - min(now, tree.tallies[0].changed))
    return Double(tree.decay.corrected(rate, after: now - min(now, tree.nodes[0].born)))
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
      tree.fold(pending[entry], weight: weight, since: heldSince)
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
      (self.epoch, lastTime, lastTick) = (time, time, 0)
      return 0
    }
    if time == lastTime {
      return lastTick
    }
    let (distance, isTooFar) = time.subtractingReportingOverflow(epoch)
    lastTime = time
    lastTick = isTooFar ? 0 : UInt32(clamping: distance / Self.tickNanoseconds)
    return lastTick
  }

  private static let tickNanoseconds: Int64 = 10_000_000

  /// The time of a tick, in ns since 1970.
  func time(of tick: UInt32) -> Int64 {
    (epoch ?? 0) &+ Int64(tick) * Self.tickNanoseconds
  }
}
