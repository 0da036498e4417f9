import Testing

@testable import TopicStore

struct TreeTests {
  @Test func `nothing shows before the first settle`() {
    var store = TopicStore()
    store.append("home/light", "ON")
    #expect(store.rowCount == 0)
    #expect(store.find("home") == nil)
    #expect(store.statistics.held == 1)
    store.settle(at: 0)
    #expect(store.outline == ["home"])
    #expect(store.statistics.held == 0)
  }

  @Test func `names are sorted by bytes and the broker's own topics come last`() {
    var store = TopicStore()
    for topic in ["b", "$SYS/uptime", "a10", "a", "a2", "B"] {
      store.append(topic)
    }
    store.settle(at: 0)
    #expect(store.outline == ["B", "a", "a10", "a2", "b", "$SYS"])
  }

  @Test func `empty levels are levels of their own`() {
    var store = TopicStore()
    for topic in ["/a", "a//b", "a/", "/"] {
      store.append(topic)
    }
    store.settle(at: 0)
    store.setOpenBelow(true, nil)
    #expect(store.outline == ["", " ", " a", "a", " ", "  b"])
    #expect(store.find("a//b").map { store.path(of: $0) } == Array("a//b".utf8))
  }

  @Test func `a topic with a value and levels below has both`() {
    var store = TopicStore()
    store.append("a/b", "1")
    store.append("a", "22")
    store.settle(at: 0)
    let row = store.row(at: 0)
    #expect(row?.hasValue == true)
    #expect(row?.hasChildren == true)
    #expect(row?.valuePrefix == Array("22".utf8))
    #expect(row?.topicsBelow == 2)
    #expect(row?.messages == 2)
    #expect(row?.bytes == 7)
  }

  @Test func `rows and values stay those of the last settle while paused`() throws {
    var store = TopicStore()
    store.append("a", "old")
    store.settle(at: 0)
    let a = try #require(store.row(at: 0)?.id)
    store.append("a", "new")
    store.append("b", "new")
    #expect(store.outline == ["a"])
    #expect(store.row(at: 0)?.valuePrefix == Array("old".utf8))
    #expect(store.history(of: a, limit: 9).count == 1)
    #expect(store.stream(below: nil, limit: 9).count == 1)
    #expect(store.statistics.held == 2)
    store.settle(at: 1)
    #expect(store.outline == ["a", "b"])
    #expect(store.history(of: a, limit: 9).count == 2)
  }

  @Test func `a topic of the greatest length and one of ten thousand levels are kept whole`() throws {
    var store = TopicStore()
    let long = [UInt8](repeating: 65, count: 65_535)
    let deep = [UInt8](repeating: 47, count: 10_000)
    store.append(long, [1])
    store.append(deep, [2])
    store.append(deep, [3])
    store.settle(at: 0)
    store.setOpenBelow(true, nil)
    #expect(store.rowCount == 10_002)
    #expect(store.row(at: 10_000)?.depth == 10_000)
    let (longID, deepID) = (store.find(long), store.find(deep))
    #expect(store.path(of: try #require(longID)) == long)
    #expect(store.path(of: try #require(deepID)) == deep)
    #expect(store.rowIndex(of: try #require(deepID)) == 10_000)
    store.filterNow("///")
    #expect(store.matchCount == 1)
  }

  @Test func `a topic longer than MQTT allows is refused and counted`() {
    var store = TopicStore()
    store.append([UInt8](repeating: 65, count: 65_536), [])
    #expect(store.statistics.refused == 1)
  }

  @Test func `bytes that are not UTF-8 are shown and found again`() throws {
    var store = TopicStore()
    let topic: [UInt8] = [0xff, 0x2f, 0xc0, 0x80]
    store.append(topic, [1])
    store.settle(at: 0)
    store.setOpenBelow(true, nil)
    #expect(store.row(at: 0)?.name == "\u{fffd}")
    #expect(store.row(at: 1).map { store.path(of: $0.id) } == topic)
  }

  @Test func `new topics beyond their share of memory are refused and counted, known ones go on`() {
    var store = TopicStore(limits: Limits(exactly: 1 << 20, treeBytes: 180_000, segmentBytes: 4096))
    for index in 0..<3_000 {
      store.append("topic\(index)", "x")
    }
    store.append("topic1", "y")
    store.settle(at: 0)
    let facts = store.statistics
    #expect(facts.refused > 0)
    #expect(facts.topics + Int(facts.refused) == 3_000)
    #expect(facts.messages == UInt64(facts.topics) + 1)
  }

  @Test func `revealing opens the ancestors, and a closed branch stands for what is in it`() throws {
    var store = TopicStore()
    store.append("a/b/c/d")
    store.append("z")
    store.settle(at: 0)
    let found = store.find("a/b/c/d")
    let topic = try #require(found)
    #expect(store.rowIndex(of: topic) == 0)
    store.reveal(topic)
    #expect(store.outline == ["a", " b", "  c", "   d", "z"])
    #expect(store.rowIndex(of: topic) == 3)
  }

  @Test func `an order by a changing key is brought up to date a second later`() {
    var store = TopicStore()
    store.append("a")
    store.append("b")
    store.settle(at: 0)
    store.sort(by: .count)
    store.append("b", at: second / 2)
    store.settle(at: second / 2)
    #expect(store.outline == ["a", "b"])
    store.settle(at: 2 * second)
    #expect(store.outline == ["b", "a"])
  }

  @Test func `completion goes level by level, and a branch ends with a slash`() {
    var store = TopicStore()
    for topic in ["home/hall", "home/kitchen/light", "house", "garden"] {
      store.append(topic)
    }
    store.settle(at: 0)
    func completed(_ text: String) -> [String] {
      store.complete(Array(text.utf8), limit: 5).map { String(decoding: $0, as: UTF8.self) }
    }
    for order in [Order.name, .age] {
      store.sort(by: order)
      #expect(completed("ho") == ["home/", "house"])
      #expect(completed("home/") == ["home/hall", "home/kitchen/"])
      #expect(completed("home/k") == ["home/kitchen/"])
      #expect(completed("") == ["garden", "home/", "house"])
      #expect(completed("nowhere/x") == [])
    }
  }
}
