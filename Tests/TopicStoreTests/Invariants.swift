import Testing

@testable import TopicStore

extension TopicStore {
  /// What the design page promises of the nodes, checked one by one.
  func checkInvariants(_ seed: Comment) {
    var isSound = true
    var linkedOnce: Set<UInt32> = []
    var waiting: [(root: UInt32, up: UInt32, parent: UInt32)] = [(tree.nodes[0].children, 0, 0)]
    while let (index, up, parent) = waiting.popLast() {
      guard index != 0 else {
        continue
      }
      let node = tree.nodes[index]
      isSound = isSound && linkedOnce.insert(index).inserted && node.up == up && node.parent == parent
      isSound = isSound && parent < index && tree.shownRows(index) == tree.expectedRows(index)
      waiting += [(node.left, index, parent), (node.right, index, parent), (node.children, 0, index)]
    }
    #expect(linkedOnce.count == Int(tree.linked) - 1, seed)
    for index in 0..<UInt32(tree.nodes.count) {
      let head = tree.heads[index]
      var (length, position) = (0, head.newest)
      while position != 0 {
        length += 1
        position = log.previous(of: position)
      }
      isSound = isSound && head.kept == length && (head.dirty == 0 || pending[head.dirty - 1].topic == index)
    }
    #expect(isSound, seed)
  }
}
