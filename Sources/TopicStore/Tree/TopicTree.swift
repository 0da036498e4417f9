/// All levels of all topics, found by path and kept in the order of the rows.
///
/// Node 0 is the root above the first levels. A node's parent always has a lower index, and nodes are never removed.
struct TopicTree: ~Copyable {
  var nodes = Pages<Node>()
  var heads = Pages<Head>()
  var tallies = Pages<Tally>()
  var names = NameArena()
  private var table = PathTable()
  private let hash: PathHash
  /// Scratch for the levels of a new topic.
  private var levels: [Level] = []
  let decay = Decay()
  /// Nodes from here on have no rows yet.
  var linked: UInt32 = 1
  var order = Order.name
  var resort = Resort()
  var filtering = Filtering()

  /// A level above a topic: where its path ends, and the hash of the path.
  private struct Level {
    let end: Int
    let hash: UInt64
  }

  /// The most nodes that 24 bits can tell apart.
  private static let mostNodes = 1 << 24 - 1

  init(seed: UInt64 = .random(in: .min ... .max)) {
    hash = PathHash(seed: seed)
    add(Head(name: 0, directory: Head.isWhole, nameLength: 0, pathLength: 0), below: 0)
    nodes[0].state = .isOpen
  }

  var byteCount: Int {
    nodes.byteCount + heads.byteCount + tallies.byteCount + names.byteCount + table.byteCount
  }

  /// The node of exactly this path.
  @inline(__always)
  func find(_ path: RawSpan) -> UInt32? {
    find(path, hash: hash.hash(path))
  }

  /// The node of a topic, made if there is none, or nil if that would take more than `limit` bytes for the tree.
  mutating func insert(_ topic: RawSpan, limit: Int) -> UInt32? {
    let topicHash = hash.hash(topic)
    if let known = find(topic, hash: topicHash) {
      return known
    }
    levels.removeAll(keepingCapacity: true)
    hash.forEachParent(of: topic) { levels.append(Level(end: $0, hash: $1)) }
    var (parent, missing): (UInt32, Int) = (0, 0)
    for level in levels.indices.reversed() {
      if let known = find(topic.extracting(0..<levels[level].end), hash: levels[level].hash) {
        (parent, missing) = (known, level + 1)
        break
      }
    }
    guard hasRoom(for: levels.count - missing + 1, pathLength: topic.byteCount, limit: limit) else {
      return nil
    }
    let start = missing == 0 ? 0 : levels[missing - 1].end + 1
    if missing == levels.count, parent != 0 {
      storePath(of: parent, from: topic)
      let name = names.store(topic.extracting(start..<topic.byteCount))
      let head = Head(
        name: name, directory: heads[parent].path, nameLength: topic.byteCount - start, pathLength: topic.byteCount)
      return add(head, below: parent, hash: topicHash)
    }
    return addAll(of: topic, hash: topicHash, below: parent, from: start, missing: missing)
  }

  /// Stores a topic whole and makes its missing levels, all of which find their paths in it.
  private mutating func addAll(
    of topic: RawSpan, hash: UInt64, below parent: UInt32, from start: Int, missing: Int
  ) -> UInt32 {
    let path = names.store(topic)
    var (parent, start) = (parent, start)
    for index in missing...levels.count {
      let level = index < levels.count ? levels[index] : Level(end: topic.byteCount, hash: hash)
      let head = Head(
        name: path + UInt32(start), directory: Head.isWhole, nameLength: level.end - start, pathLength: level.end)
      parent = add(head, below: parent, hash: level.hash)
      start = level.end + 1
    }
    return parent
  }

  private mutating func add(_ head: Head, below parent: UInt32, hash: UInt64) -> UInt32 {
    let index = UInt32(nodes.count)
    add(head, below: parent)
    if table.isFull {
      table.grow()
    }
    table.insert(index, hash: hash)
    return index
  }

  private mutating func add(_ head: Head, below parent: UInt32) {
    nodes.append(Node(parent: parent))
    heads.append(head)
    tallies.append(Tally())
  }

  /// A node with children has its path in one piece, so that a child is compared in two.
  private mutating func storePath(of node: UInt32, from topic: RawSpan) {
    guard !heads[node].hasPath else {
      return
    }
    let length = Int(heads[node].pathLength)
    let path = names.store(topic.extracting(0..<length))
    heads[node].name = path + UInt32(length) - UInt32(heads[node].nameLength)
    heads[node].directory = Head.isWhole
  }

  /// Two pieces of the path and the missing nodes must fit the limit, a larger table included.
  private func hasRoom(for count: Int, pathLength: Int, limit: Int) -> Bool {
    let pages = (nodes.count % 1024 + count) / 1024 * 3 * Pages<Node>.pageBytes
    let growth = pages + names.growth(for: 2 * pathLength + 1) + (table.isFull ? table.byteCount : 0)
    return nodes.count + count <= Self.mostNodes && byteCount + growth <= limit
  }

  @inline(__always)
  private func find(_ path: RawSpan, hash: UInt64) -> UInt32? {
    table.find(hash) { isPath($0, path) }
  }

  @inline(__always)
  private func isPath(_ index: UInt32, _ path: RawSpan) -> Bool {
    let head = heads[index]
    guard Int(head.pathLength) == path.byteCount else {
      return false
    }
    guard !head.hasPath else {
      return names.withBytes(at: head.path, count: path.byteCount) { $0.isEqual(to: path) }
    }
    let start = path.byteCount - Int(head.nameLength)
    let (parent, name) = (path.extracting(0..<start - 1), path.extracting(start..<path.byteCount))
    return path.byte(at: start - 1) == UInt8(ascii: "/")
      && names.withBytes(at: head.name, count: name.byteCount) { $0.isEqual(to: name) }
      && names.withBytes(at: head.directory, count: parent.byteCount) { $0.isEqual(to: parent) }
  }
}
