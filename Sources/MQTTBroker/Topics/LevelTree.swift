/// A tree of topic levels in one array: nodes by 32-bit index, found by one table over parent and name.
///
/// Names are bytes and compared as bytes [MQTT-4.7.3-4]. A node without a value and without children is given back at
/// once, so that what comes and goes does not stay. Depth is bounded by whoever inserts, `maximumLevels`.
struct LevelTree<Value: Equatable & Sendable>: Equatable, Sendable {
  struct Node: Equatable, Sendable {
    var parent: Int32
    var name: [UInt8]
    var value: Value?
    /// Children in the order of their coming.
    var firstChild: Int32 = -1
    var lastChild: Int32 = -1
    var previous: Int32 = -1
    var next: Int32 = -1
    /// The children named `+` and `#`, which each walk asks for.
    var plus: Int32 = -1
    var hash: Int32 = -1
    var nextInBucket: Int32 = -1
    var key: UInt64 = 0
  }

  static var root: Int32 { 0 }

  private(set) var nodes: [Node] = [Node(parent: -1, name: [])]
  private var free: [Int32] = []
  private var buckets: [Int32] = Array(repeating: -1, count: 64)
  /// How many nodes there are besides the root.
  private(set) var count = 0
  private let seed: UInt64

  /// An empty tree; nobody outside can foresee which names meet in its table, as long as the seed is secret.
  init(seed: UInt64) { self.seed = seed }

  /// The node below another one with this name, or -1.
  @inline(__always)
  func child(of parent: Int32, named name: RawSpan) -> Int32 {
    let key = key(of: parent, name)
    var index = buckets[Int(truncatingIfNeeded: key) & (buckets.count - 1)]
    while index >= 0 {
      let node = Int(index)
      if nodes[node].key == key, nodes[node].parent == parent {
        let candidate = nodes[node].name
        if candidate.span.bytes.isEqual(to: name) { return index }
      }
      index = nodes[node].nextInBucket
    }
    return -1
  }

  /// The node of a path, made if it is not there.
  mutating func insert(_ path: RawSpan) -> Int32 {
    var node = Self.root
    var start = 0
    while true {
      let end = path.levelEnd(from: start)
      let level = path.extracting(start..<end)
      let found = child(of: node, named: level)
      node = found >= 0 ? found : add(level, below: node)
      guard end < path.byteCount else { return node }
      start = end + 1
    }
  }

  /// The node of a path, or -1.
  func find(_ path: RawSpan) -> Int32 {
    var node = Self.root
    var start = 0
    while true {
      let end = path.levelEnd(from: start)
      node = child(of: node, named: path.extracting(start..<end))
      guard node >= 0, end < path.byteCount else { return node }
      start = end + 1
    }
  }

  /// The value of a node.
  subscript(node: Int32) -> Value? {
    get { nodes[Int(node)].value }
    _modify { yield &nodes[Int(node)].value }
  }

  /// Gives a node back that holds nothing any more, and those above it that were there for it alone.
  mutating func prune(_ node: Int32) {
    var node = node
    while node > 0, nodes[Int(node)].value == nil, nodes[Int(node)].firstChild < 0 {
      let parent = nodes[Int(node)].parent
      remove(node)
      node = parent
    }
  }

  private mutating func add(_ name: RawSpan, below parent: Int32) -> Int32 {
    if count >= buckets.count { grow() }
    var node = Node(parent: parent, name: name.withUnsafeBytes { Array($0) })
    node.key = key(of: parent, name)
    node.previous = nodes[Int(parent)].lastChild
    let index: Int32
    if let place = free.popLast() {
      index = place
      nodes[Int(place)] = node
    } else {
      index = Int32(nodes.count)
      nodes.append(node)
    }
    if node.previous >= 0 { nodes[Int(node.previous)].next = index } else { nodes[Int(parent)].firstChild = index }
    nodes[Int(parent)].lastChild = index
    if name.isByte("+") { nodes[Int(parent)].plus = index }
    if name.isByte("#") { nodes[Int(parent)].hash = index }
    enter(index)
    count += 1
    return index
  }

  private mutating func remove(_ index: Int32) {
    let node = nodes[Int(index)]
    let parent = Int(node.parent)
    if node.previous >= 0 { nodes[Int(node.previous)].next = node.next } else { nodes[parent].firstChild = node.next }
    if node.next >= 0 {
      nodes[Int(node.next)].previous = node.previous
    } else {
      nodes[parent].lastChild = node.previous
    }
    if nodes[parent].plus == index { nodes[parent].plus = -1 }
    if nodes[parent].hash == index { nodes[parent].hash = -1 }
    let bucket = Int(truncatingIfNeeded: node.key) & (buckets.count - 1)
    if buckets[bucket] == index {
      buckets[bucket] = node.nextInBucket
    } else {
      var other = Int(buckets[bucket])
      while nodes[other].nextInBucket != index { other = Int(nodes[other].nextInBucket) }
      nodes[other].nextInBucket = node.nextInBucket
    }
    nodes[Int(index)] = Node(parent: -1, name: [])
    free.append(index)
    count -= 1
  }

  private mutating func grow() {
    buckets = Array(repeating: -1, count: buckets.count * 2)
    for index in nodes.indices.dropFirst() where nodes[index].parent >= 0 { enter(Int32(index)) }
  }

  private mutating func enter(_ index: Int32) {
    let bucket = Int(truncatingIfNeeded: nodes[Int(index)].key) & (buckets.count - 1)
    nodes[Int(index)].nextInBucket = buckets[bucket]
    buckets[bucket] = index
  }

  @inline(__always)
  private func key(of parent: Int32, _ name: RawSpan) -> UInt64 {
    name.keyedHash(seed &+ UInt64(truncatingIfNeeded: parent) &* 0x9E37_79B9_7F4A_7C15)
  }
}
