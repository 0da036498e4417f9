import Testing

@testable import TopicStore

struct MessageTests {
  @Test func `the badge says what the broker said`() {
    let retain = MessageFlags.retain
    let asPublished = MessageFlags.retainAsPublished
    let cases: [([(MessageFlags, String)], RetainedState)] = [
      ([(retain, "x")], .yes),
      ([([], "x")], .no),
      ([(retain, "x"), ([], "y")], .unknown),
      ([(retain, "x"), ([], "y"), ([], "z")], .unknown),
      ([(retain, "x"), (asPublished, "y")], .no),
      ([(retain, "x"), (retain, "")], .no),
      ([(retain, "x"), (retain, ""), ([], "y")], .no),
      ([([], "x"), ([retain, asPublished], "y")], .yes),
    ]
    for (messages, expected) in cases {
      for settlesBetween in [false, true] {
        var store = TopicStore()
        for (flags, payload) in messages {
          store.append("a", payload, flags: flags)
          if settlesBetween {
            store.settle(at: 0)
          }
        }
        store.settle(at: 0)
        #expect(store.row(at: 0)?.retained == expected, "\(messages)")
        #expect(store.row(at: 0)?.hasValue == true)
      }
    }
  }

  @Test func `rates follow the last seconds, and the mean the whole time`() throws {
    var store = TopicStore()
    for step in 0..<1_000 {
      store.append("a/b", at: Int64(step) * second / 50)
      store.settle(at: Int64(step) * second / 50)
    }
    let busy = store.outlineRates[0]
    #expect(abs(busy - 50) < 1)
    #expect(abs(store.statistics.messagesPerSecond - 50) < 1)
    let found = store.find("a")
    let facts = store.facts(of: try #require(found))
    #expect(abs(try #require(facts).meanPerSecond - 50) < 1)
    store.settle(at: 23 * second)
    #expect(store.outlineRates[0] < busy / 2)
  }

  @Test func `a long pause does not make a burst of what was held`() throws {
    var store = TopicStore()
    for step in 0..<6_000 {
      store.append("a", at: Int64(step) * second / 10)
    }
    store.settle(at: 600 * second)
    #expect(store.outlineRates[0] <= 10.1)
  }

  @Test func `a message larger than a segment is kept whole`() throws {
    var store = TopicStore(limits: Limits(exactly: 4 << 20, treeBytes: 1 << 20, segmentBytes: 4096))
    let large = [UInt8](repeating: 7, count: 1 << 20)
    store.append(Array("a".utf8), large, properties: [1, 2, 3])
    store.append("b", "small")
    store.settle(at: 0)
    let found = store.find("a").flatMap { store.newest(of: $0) }
    let id = try #require(found)
    #expect(store.payload(of: id) == large)
    #expect(store.properties(of: id) == [1, 2, 3])
    #expect(store.payload(of: id, limit: 2) == [7, 7])
    for index in 0..<100_000 {
      store.append("b", "small \(index)")
    }
    let moved = store.find("a").flatMap { store.newest(of: $0) }
    #expect(moved != id)
    #expect(store.message(id) == nil)
    #expect(store.payload(of: try #require(moved)) == large)
    #expect(store.memoryUsed <= 4 << 20)
  }

  @Test func `a message larger than half the budget is cut and says so`() throws {
    var store = TopicStore(limits: Limits(exactly: 1 << 20, treeBytes: 1 << 18, segmentBytes: 4096))
    store.append(Array("a".utf8), [UInt8](repeating: 7, count: 900_000))
    store.settle(at: 0)
    let found = store.find("a").flatMap { store.newest(of: $0) }.flatMap { store.message($0) }
    let info = try #require(found)
    #expect(info.isTruncated)
    #expect(info.payloadSize == 900_000)
    #expect(info.keptPayloadSize == 1 << 18)
    #expect(store.statistics.truncated == 1)
    #expect(store.row(at: 0)?.valueSize == 900_000)
    #expect(store.memoryUsed <= 1 << 20)
  }

  @Test func `newest messages that do not fit all together are cut, not lost`() {
    var store = TopicStore(limits: Limits(exactly: 1 << 20, treeBytes: 1 << 18, segmentBytes: 4096))
    for round in 0..<3 {
      for index in 0..<400 {
        store.append(Array("topic\(index)".utf8), [UInt8](repeating: UInt8(round), count: 3_000))
      }
    }
    store.settle(at: 0)
    #expect(store.memoryUsed <= 1 << 20)
    #expect(store.statistics.truncated > 0)
    for row in store.rows(in: 0..<400) {
      #expect(row.valueSize == 3_000)
      #expect(row.valuePrefix.first == 2)
    }
  }

  @Test
  func `as many topics as are taken, all changed in a pause, fit the budget with their shown and newest messages`() {
    var store = TopicStore(limits: Limits(exactly: 8 << 20, treeBytes: 2 << 20, segmentBytes: 1 << 14))
    var count = 0
    while store.statistics.refused == 0 {
      store.append(Array("\(count)".utf8), [UInt8](repeating: 1, count: 200))
      count += 1
    }
    store.settle(at: 0)
    for round in 2..<5 {
      for index in 0..<count - 1 {
        store.append(Array("\(index)".utf8), [UInt8](repeating: UInt8(round), count: 200))
      }
    }
    #expect(store.memoryUsed <= 8 << 20)
    #expect(store.rows(in: 0..<count).allSatisfy { $0.valuePrefix.first == 1 && $0.valueSize == 200 })
    store.settle(at: 1)
    #expect(store.rows(in: 0..<count).allSatisfy { $0.valuePrefix.first == 4 && $0.valueSize == 200 })
  }

  @Test func `identities of no topic and no message are answered with nothing`() {
    var store = TopicStore()
    let (topic, message) = (TopicID(index: 77), MessageID(position: 12_345))
    #expect(store.newest(of: topic) == nil)
    #expect(store.path(of: topic) == [])
    #expect(store.payload(of: message) == nil)
    #expect(store.stream(below: topic, before: message, limit: 5) == [])
    store.setOpen(true, topic)
    store.setOpenBelow(true, topic)
    store.reveal(topic)
    #expect(store.rows(in: 0..<10) == [])
  }
}
