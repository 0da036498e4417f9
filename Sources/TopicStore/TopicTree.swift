/// All levels of all topics, found by path and kept in the order of the rows.
///
/// Node 0 is the root above the first levels. A node's parent always has a lower index, and nodes are never removed.
struct TopicTree: ~Copyable {
  var nodes = Pages<Node>()
  var names = NameArena()
  private var table = PathTable()
  private let hash: PathHash
  let decay = Decay()
  /// Nodes from here on have no rows yet.
  var linked: UInt32 = 1
  var order = Order.name
  var resort = Resort()
  var filtering = Filtering()

  /// The most nodes that 24 bits can tell apart.
  private static let mostNodes = 1 << 24 - 1

  init(seed: UInt64 = .random(in: .min ... .max)) {
    hash = PathHash(seed: seed)
    var root = Node(parent: 0, name: 0, nameLength: 0, pathLength: 0)
    root.state = [.isOpen, .hasPath]
    nodes.append(root)
  }

  var byteCount: Int { nodes.byteCount + names.byteCount + table.byteCount }

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
    var levels: [(end: Int, hash: UInt64)] = []
    hash.forEachParent(of: topic) { levels.append(($0, $1)) }
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
    let start = levels.isEmpty || missing == 0 ? 0 : levels[missing - 1].end + 1
    storePath(of: parent, from: topic)
    if missing == levels.count, parent != 0 {
      let name = names.store(topic.extracting(start..<topic.byteCount))
      return add(parent, name, topic.byteCount - start, topic.byteCount, topicHash, hasPath: false)
    }
    return addAll(of: topic, hash: topicHash, below: parent, from: start, levels: levels[missing...])
  }

  /// Stores a topic whole and makes its missing levels, all of which find their paths in it.
  private mutating func addAll(
    of topic: RawSpan, hash: UInt64, below parent: UInt32, from start: Int, levels: ArraySlice<(end: Int, hash: UInt64)>
  ) -> UInt32 {
    let path = names.store(topic)
    var (parent, start) = (parent, start)
    for level in levels {
      parent = add(parent, path + UInt32(start), level.end - start, level.end, level.hash, hasPath: true)
      start = level.end + 1
    }
    return add(parent, path + UInt32(start), topic.byteCount - start, topic.byteCount, hash, hasPath: true)
  }

  private mutating func add(
    _ parent: UInt32, _ name: UInt32, _ nameLength: Int, _ pathLength: Int, _ hash: UInt64, hasPath: Bool
  ) -> UInt32 {
    var node = Node(parent: parent, name: name, nameLength: UInt16(nameLength), pathLength: UInt16(pathLength))
    if hasPath {
      node.state = .hasPath
    }
    let index = UInt32(nodes.count)
    nodes.append(node)
    if table.isFull {
      growTable()
    } else {
      table.insert(index, hash: hash)
    }
    return index
  }

  private mutating func growTable() {
    table.grow()
    for index in 1..<UInt32(nodes.count) {
      table.insert(index, hash: withPath(of: index) { hash.hash($0) })
    }
  }

  /// A node with children has its path in one piece, so that a child is compared in two.
  private mutating func storePath(of node: UInt32, from topic: RawSpan) {
    guard node != 0, !nodes[node].state.contains(.hasPath) else {
      return
    }
    let length = Int(nodes[node].pathLength)
    let path = names.store(topic.extracting(0..<length))
    nodes[node].name = path + UInt32(length) - UInt32(nodes[node].nameLength)
    nodes[node].state.insert(.hasPath)
  }

  /// Two pieces of the path and the missing nodes must fit the limit, a larger table included.
  private func hasRoom(for count: Int, pathLength: Int, limit: Int) -> Bool {
    let pages = (nodes.count % 1024 + count) / 1024 * Pages<Node>.pageBytes
    let growth = pages + names.growth(for: 2 * pathLength + 1) + (table.isFull ? table.byteCount : 0)
    return nodes.count + count <= Self.mostNodes && byteCount + growth <= limit
  }

  @inline(__always)
  private func find(_ path: RawSpan, hash: UInt64) -> UInt32? {
    table.find(hash) { isPath($0, path) }
  }

  @inline(__always)
  private func isPath(_ index: UInt32, _ path: RawSpan) -> Bool {
    let node = nodes[index]
    guard Int(node.pathLength) == path.byteCount else {
      return false
    }
    if node.state.contains(.hasPath) {
      return isStored(node, path)
    }
    let start = path.byteCount - Int(node.nameLength)
    let name = path.extracting(start..<path.byteCount)
    return path.byte(at: start - 1) == UInt8(ascii: "/")
      && names.withBytes(at: node.name, count: Int(node.nameLength)) { $0.isEqual(to: name) }
      && isStored(nodes[node.parent], path.extracting(0..<start - 1))
  }

  @inline(__always)
  private func isStored(_ node: Node, _ path: RawSpan) -> Bool {
    let start = node.name + UInt32(node.nameLength) - UInt32(node.pathLength)
    return names.withBytes(at: start, count: Int(node.pathLength)) { $0.isEqual(to: path) }
  }
}
