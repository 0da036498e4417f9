#if DEBUG
  import Testing

  @testable import TopicStore

  /// Costs are counted in nodes that are looked at, not in time.
  struct CostTests {
    private func store(of count: Int, path: (Int) -> String) -> TopicStore {
      var store = TopicStore()
      for index in 0..<count {
        store.append(path(index), "x")
      }
      store.settle(at: 0)
      store.setOpenBelow(true, nil)
      return store
    }

    @Test(arguments: [1, 8, 64])
    func `a message costs its depth when it is settled, and nothing of the tree before`(depth: Int) {
      let topic = Array(repeating: "level", count: depth).joined(separator: "/")
      var store = TopicStore()
      for index in 0..<20_000 {
        store.append("filler\(index)", "x")
      }
      store.append(topic, "x")
      store.settle(at: 0)
      var before = store.tree.touches
      store.append(topic, "y")
      #expect(store.tree.touches - before < 20)
      before = store.tree.touches
      store.settle(at: 1)
      #expect(store.tree.touches - before < 20 + 12 * depth)
    }

    @Test(arguments: [1_000, 50_000])
    func `rows cost what is asked for, however many there are`(count: Int) {
      let shapes: [(Int) -> String] = [{ "flat\($0)" }, { "a\($0 % 10)/b\($0 % 100)/c\($0)" }]
      for path in shapes {
        let store = store(of: count, path: path)
        let before = store.tree.touches
        #expect(store.rows(in: count / 2..<count / 2 + 60).count == 60)
        #expect(store.tree.touches - before < 60 * 60)
      }
    }

    @Test func `an index of a row costs the depth and not the rows`() throws {
      let store = store(of: 50_000) { "a\($0 % 10)/b\($0 % 100)/c\($0)" }
      let found = store.topic(at: 30_000)
      let topic = try #require(found)
      let before = store.tree.touches
      #expect(store.rowIndex(of: topic) == 30_000)
      #expect(store.tree.touches - before < 600)
    }

    @Test func `a settle with nothing to do costs nothing`() {
      var store = store(of: 20_000) { "flat\($0)" }
      let before = store.tree.touches
      store.settle(at: 5 * second)
      #expect(store.tree.touches - before < 5)
    }
  }

  extension TopicTree {
    fileprivate var touches: Int { nodes.touches + heads.touches + tallies.touches }
  }
#endif
