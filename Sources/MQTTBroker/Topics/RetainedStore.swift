import MQTT

/// The retained messages, by topic and within a bound.
struct RetainedStore: Equatable, Sendable {
  private(set) var tree: LevelTree<StoredMessage>
  /// Where the messages come from, by the nodes of the tree; as long as nobody is remembered there are none.
  private(set) var sources: [Source] = []
  private(set) var count = 0
  /// Bytes of the messages. The names of a publisher count for each of its messages, since each may have another one.
  private(set) var size = 0

  /// How many levels of its own each message may have on the average; each costs as much as a short message.
  private static let levels = 8

  init(seed: UInt64) { tree = LevelTree(seed: seed) }

  /// Keeps a message in the place of what its topic had before [MQTT-3.3.1-5].
  ///
  /// - Returns: false if there is no room; then the topic has nothing, since what it had before is not so any more.
  mutating func keep(
    _ message: StoredMessage, from source: Source = .unknown, count most: Int, size limit: Int
  ) -> Bool {
    let bytes = message.size + (source.publisher?.size ?? 0)
    guard message.withTopic({ hasRoom(for: $0, bytes, count: most, size: limit) }) else {
      _ = message.withTopic { remove($0) }
      return false
    }
    let node = message.withTopic { tree.insert($0) }
    count += tree[node] == nil ? 1 : 0
    size += bytes - size(of: node)
    tree[node] = message
    note(source, of: node)
    return true
  }

  /// Whether a topic may have a message of so many bytes.
  func hasRoom(for topic: RawSpan, _ bytes: Int, count most: Int, size limit: Int) -> Bool {
    let known = tree.find(topic)
    let old = known >= 0 ? size(of: known) : 0
    let hasPlace = old > 0 || count < most && (tree.count + topic.levelCount) / Self.levels <= most
    return hasPlace && size - old + bytes <= limit
  }

  /// Forgets the message of a topic [MQTT-3.3.1-6]; whether there was one.
  mutating func remove(_ topic: RawSpan) -> Bool {
    remove(tree.find(topic)) != nil
  }

  /// Hides the messages whose publishers may not write their topics by these rules, and shows all others; without rules
  /// nobody is remembered any more.
  mutating func judge(by rules: AccessRules?) {
    var rights: [ObjectIdentifier: AccessRights] = [:]
    for node in sources.indices {
      guard let message = tree[Int32(node)], let publisher = sources[node].publisher else { continue }
      guard let rules else {
        size -= publisher.size
        continue
      }
      let key = ObjectIdentifier(publisher)
      let known = rights[key] ?? rules.rights(of: publisher.username, clientID: publisher.clientID)
      rights[key] = known
      sources[node] = Source(publisher, mayWrite: message.withTopic { known.mayWrite($0) })
    }
    if rules == nil { sources = [] }
  }

  /// Appends the messages whose topics a filter asks for, but hidden ones; forgets and gives back those that have expired.
  mutating func match(_ filter: RawSpan, at now: Int64, into messages: inout [StoredMessage]) -> [StoredMessage] {
    var expired: [Int32] = []
    collect(filter, from: 0, below: LevelTree<StoredMessage>.root) { node, message in
      if message.isExpired(at: now) {
        expired.append(node)
      } else if !source(of: node).isHidden {
        messages.append(message)
      }
    }
    return expired.compactMap { remove($0) }
  }

  /// Forgets what has expired, and gives it back.
  mutating func expire(at now: Int64) -> [StoredMessage] {
    let expired = tree.nodes.indices.filter { tree.nodes[$0].value?.isExpired(at: now) == true }
    return expired.compactMap { remove(Int32($0)) }
  }

  private mutating func remove(_ node: Int32) -> StoredMessage? {
    guard node >= 0, let message = tree[node] else { return nil }
    count -= 1
    size -= size(of: node)
    tree[node] = nil
    note(.unknown, of: node)
    tree.prune(node)
    return message
  }

  private func source(of node: Int32) -> Source { node < sources.count ? sources[Int(node)] : .unknown }

  private mutating func note(_ source: Source, of node: Int32) {
    guard source != .unknown || node < sources.count else { return }
    while sources.count <= node { sources.append(.unknown) }
    sources[Int(node)] = source
  }

  private func size(of node: Int32) -> Int { tree[node].map { $0.size + (source(of: node).publisher?.size ?? 0) } ?? 0 }

  private func collect(
    _ filter: RawSpan, from start: Int, below node: Int32, _ body: (Int32, StoredMessage) -> Void
  ) {
    let end = filter.levelEnd(from: start)
    let level = filter.extracting(start..<end)
    if level.isByte("#") {
      // The level above `#` matches too; at the top there is none
      if node != LevelTree<StoredMessage>.root { visit(node, body) }
      return descend(node, body)
    }
    guard level.isByte("+") else {
      let child = tree.child(of: node, named: level)
      if child >= 0 { go(filter, past: end, to: child, body) }
      return
    }
    forEachChild(of: node) { go(filter, past: end, to: $0, body) }
  }

  private func go(_ filter: RawSpan, past end: Int, to node: Int32, _ body: (Int32, StoredMessage) -> Void) {
    if end == filter.byteCount { visit(node, body) } else { collect(filter, from: end + 1, below: node, body) }
  }

  private func descend(_ node: Int32, _ body: (Int32, StoredMessage) -> Void) {
    forEachChild(of: node) { child in
      visit(child, body)
      descend(child, body)
    }
  }

  private func visit(_ node: Int32, _ body: (Int32, StoredMessage) -> Void) {
    if let message = tree[node] { body(node, message) }
  }

  /// Children that a wildcard stands for: at the top level those with `$` are kept from it [MQTT-4.7.2-1].
  private func forEachChild(of node: Int32, _ body: (Int32) -> Void) {
    var child = tree.nodes[Int(node)].firstChild
    while child >= 0 {
      let isHidden = node == LevelTree<StoredMessage>.root && tree.nodes[Int(child)].name.first == UInt8(ascii: "$")
      if !isHidden { body(child) }
      child = tree.nodes[Int(child)].next
    }
  }
}
