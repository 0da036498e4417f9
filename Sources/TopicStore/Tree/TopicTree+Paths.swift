extension TopicTree {
  /// Lends the name of one level.
  @inline(__always)
  func withName<Result>(of index: UInt32, _ body: (RawSpan) -> Result) -> Result {
    let head = heads[index]
    return names.withBytes(at: head.name, count: Int(head.nameLength), body)
  }

  /// Lends the whole path; that of a leaf is put together first.
  func withPath<Result>(of index: UInt32, _ body: (RawSpan) -> Result) -> Result {
    let head = heads[index]
    if head.hasPath {
      return names.withBytes(at: head.path, count: Int(head.pathLength), body)
    }
    return body(path(of: index).span.bytes)
  }

  /// Lends the whole path; that of a leaf is put together in memory that is used again.
  mutating func withScratchPath<Result>(of index: UInt32, _ body: (RawSpan) -> Result) -> Result {
    guard !heads[index].hasPath else {
      return withPath(of: index, body)
    }
    var path: [UInt8] = []
    swap(&path, &filtering.scratch)
    path.removeAll(keepingCapacity: true)
    withPath(of: nodes[index].parent) { $0.append(to: &path) }
    path.append(UInt8(ascii: "/"))
    withName(of: index) { $0.append(to: &path) }
    let result = body(path.span.bytes)
    swap(&path, &filtering.scratch)
    return result
  }

  /// The bytes of the whole path.
  func path(of index: UInt32) -> [UInt8] {
    let head = heads[index]
    guard !head.hasPath else {
      return withPath(of: index) { $0.array }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(head.pathLength))
    withPath(of: nodes[index].parent) { $0.append(to: &bytes) }
    bytes.append(UInt8(ascii: "/"))
    withName(of: index) { $0.append(to: &bytes) }
    return bytes
  }

  /// Whether a node is `top` or in its branch.
  func isNode(_ index: UInt32, atOrBelow top: UInt32) -> Bool {
    var node = index
    while node > top {
      node = nodes[node].parent
    }
    return node == top
  }

  /// Every index may be asked for by a caller; those of no node are answered with nil.
  func known(_ topic: TopicID) -> UInt32? {
    topic.index > 0 && topic.index < linked ? topic.index : nil
  }
}
