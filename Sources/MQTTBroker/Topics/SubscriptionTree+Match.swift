extension SubscriptionTree {
  /// Appends the nodes whose filters match a topic. Source: MQTT 5.0, 4.7.
  func match(_ topic: RawSpan, into hits: inout [Int32]) {
    walk(topic, from: 0, below: LevelTree<Subscribers>.root, isReserved: topic.isReserved, &hits)
  }

  private func walk(_ topic: RawSpan, from start: Int, below node: Int32, isReserved: Bool, _ hits: inout [Int32]) {
    let (plus, hash) = (tree.nodes[Int(node)].plus, tree.nodes[Int(node)].hash)
    if hash >= 0, !isReserved { note(hash, &hits) }
    let end = topic.levelEnd(from: start)
    let next = tree.child(of: node, named: topic.extracting(start..<end))
    if next >= 0 { step(topic, past: end, to: next, &hits) }
    if plus >= 0, !isReserved { step(topic, past: end, to: plus, &hits) }
  }

  private func step(_ topic: RawSpan, past end: Int, to node: Int32, _ hits: inout [Int32]) {
    guard end == topic.byteCount else { return walk(topic, from: end + 1, below: node, isReserved: false, &hits) }
    note(node, &hits)
    // The parent of a level that `#` stands for matches too
    let hash = tree.nodes[Int(node)].hash
    if hash >= 0 { note(hash, &hits) }
  }

  private func note(_ node: Int32, _ hits: inout [Int32]) {
    if tree.nodes[Int(node)].value != nil { hits.append(node) }
  }
}
