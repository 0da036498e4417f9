import Testing
import TestSupport

@testable import TopicStore

struct FuzzTests {
  @Test(arguments: 0..<40)
  func `any sequence of acts shows what the slow model shows`(round: UInt64) throws {
    let seed = round &* 7919 &+ 17
    var run = Run(seed: seed, limits: Limits())
    for _ in 0..<150 {
      run.act()
    }
    try run.compare("seed \(seed)")
  }

  @Test(arguments: 0..<8)
  func `under eviction every topic keeps its newest and shown message, and nothing is miscounted`(round: UInt64) throws
  {
    let seed = round &* 104_729 &+ 3
    let limits = Limits(exactly: 300_000, treeBytes: 250_000, segmentBytes: 4096)
    var run = Run(seed: seed, limits: limits, payloads: 160, depth: 3)
    for _ in 0..<2_500 {
      run.act()
      if run.random(400) == 0 {
        try run.checkLosses("seed \(seed)")
      }
    }
    run.settle()
    try run.checkLosses("seed \(seed)")
    try run.compareRows("seed \(seed)")
    #expect(run.store.evicted > 100)
  }

  /// A store and its model, driven by the same random acts.
  struct Run: ~Copyable {
    var store: TopicStore
    var model = SlowModel()
    var generator: Chance
    var time: Int64 = 1_700_000_000 * second
    let payloads: Int
    let depth: Int

    init(seed: UInt64, limits: Limits, payloads: Int = 12, depth: Int = 5) {
      store = TopicStore(limits: limits)
      generator = Chance(seed: seed)
      self.payloads = payloads
      self.depth = depth
    }

    mutating func random(_ bound: Int) -> Int {
      Int.random(in: 0..<bound, using: &generator)
    }

    mutating func act() {
      switch random(20) {
      case 0..<12: append()
      case 12..<14: settle()
      case 14..<16: open()
      case 16: sort()
      case 17: filter()
      default: _ = store.continueFiltering(budget: random(9))
      }
    }

    mutating func settle() {
      store.settle(at: time)
      model.settle()
    }

    private mutating func append() {
      let names = ["a", "b", "Kitchen", "", "$SYS", "light", "x1"]
      let depth = 1 + random(depth)
      let topic = (0..<depth).map { _ in names[random(names.count)] }.joined(separator: "/")
      let payload = (0..<random(payloads)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(time & 0xff)) }
      let properties = [UInt8](repeating: 7, count: random(4))
      let flags = MessageFlags(rawValue: UInt8(random(32)))
      time += Int64(random(3)) * 10_000_000
      store.append(Array(topic.utf8), payload, properties: properties, flags: flags, at: time)
      model.append(
        .init(topic: Array(topic.utf8), payload: payload, properties: properties, flags: flags, time: time))
    }

    private mutating func open() {
      guard model.settled > 0, case let path = Array(model.messages[random(model.settled)].topic.dropLast(random(4))),
        let topic = store.find(path)
      else {
        return
      }
      let isOpen = random(3) > 0
      if random(4) == 0 {
        let isWhole = random(2) == 0
        finishFiltering()
        store.setOpenBelow(isOpen, isWhole ? nil : topic)
        model.setOpenBelow(isOpen, isWhole ? nil : path)
      } else {
        finishFiltering()
        store.setOpen(isOpen, topic)
        model.setOpen(isOpen, path)
      }
    }

    private mutating func sort() {
      let order = [Order.name, .count, .bytes, .age][random(4)]
      store.sort(by: order)
      model.order = order
    }

    private mutating func filter() {
      finishFiltering()
      let typed = ["", "kit", "Kit", "b/", "!a", "a/+/b", "#", "+/light/#", "!#", "t/x", "zzz", "$SYS/#"][random(12)]
      store.setFilter(Filter(typed: typed))
      model.setFilter(Filter(typed: typed))
    }

    private mutating func finishFiltering() {
      while !store.continueFiltering(budget: 7) {}
    }

    mutating func compare(_ seed: Comment) throws {
      settle()
      try compareRows(seed)
      for path in model.nodes() {
        let found = store.find(path)
        let topic = try #require(found, seed)
        let expected = model.history(of: path)
        let history = store.history(of: topic, limit: .max)
        #expect(history.map { store.payload(of: $0) } == expected.map(\.payload), seed)
        #expect(history.map { store.properties(of: $0) } == expected.map(\.properties), seed)
        #expect(history.map { store.message($0)?.time } == expected.map(\.time), seed)
        #expect(history.map { store.message($0)?.flags } == expected.map(\.flags), seed)
        #expect(store.facts(of: topic)?.kept == expected.count, seed)
        #expect(store.path(of: topic) == path, seed)
        let stream = store.stream(below: topic, limit: .max)
        #expect(stream.map { store.payload(of: $0) } == model.stream(below: path).map(\.payload), seed)
        if let middle = stream[safe: stream.count / 2] {
          let rest = store.stream(below: topic, before: middle, limit: 10)
          #expect(rest == Array(stream[(stream.count / 2 + 1)...].prefix(10)), seed)
        }
      }
    }

    mutating func compareRows(_ seed: Comment) throws {
      finishFiltering()
      store.sort(by: model.order == .name ? .age : .name)
      store.sort(by: model.order)
      store.checkInvariants(seed)
      let lines = model.lines()
      let rows = store.rows(in: 0..<store.rowCount)
      #expect(rows.map { store.path(of: $0.id) } == lines.map(\.path), seed)
      #expect(rows.map(\.depth) == lines.map(\.depth), seed)
      #expect(rows.map(\.hasChildren) == lines.map(\.hasChildren), seed)
      #expect(rows.map(\.isOpen) == lines.map(\.isOpen), seed)
      #expect(rows.map(\.hasValue) == lines.map { $0.value != nil }, seed)
      #expect(rows.map(\.valueSize) == lines.map { $0.value?.count ?? 0 }, seed)
      #expect(rows.map(\.messages) == lines.map(\.messages), seed)
      #expect(rows.map(\.topicsBelow) == lines.map(\.topics), seed)
      #expect(rows.map(\.isMatch) == lines.map { model.isMatch($0.path) }, seed)
      #expect(store.matchCount == (model.filter == nil ? nil : model.matches.count), seed)
      for (index, row) in rows.enumerated() {
        #expect(store.rowIndex(of: row.id) == index, seed)
        #expect(store.row(at: index) == row, seed)
      }
      try compareMatches(seed)
    }

    private func compareMatches(_ seed: Comment) throws {
      var found: [TopicID] = []
      while let next = store.nextMatch(after: found.last), next != found.first {
        found.append(next)
        try #require(found.count < 10_000, seed)
      }
      #expect(Set(found.map { store.path(of: $0) }) == model.nodes().filter { model.isMatch($0) && isShown($0) }, seed)
      for (index, topic) in found.enumerated() {
        let previous = found[(index + found.count - 1) % found.count]
        #expect(store.nextMatch(after: topic, backwards: true) == previous, seed)
      }
    }

    private func isShown(_ path: [UInt8]) -> Bool {
      model.matches.contains { $0 == path || $0.starts(with: path + [UInt8(ascii: "/")]) }
    }

    mutating func checkLosses(_ seed: Comment) throws {
      store.checkInvariants(seed)
      var kept: UInt64 = 0
      for path in model.nodes() {
        let found = store.find(path)
        let topic = try #require(found, seed)
        let expected = model.history(of: path)
        let history = store.history(of: topic, limit: .max)
        #expect(store.facts(of: topic)?.kept == history.count, seed)
        #expect(history.isEmpty == expected.isEmpty, seed)
        #expect(store.message(history.first)?.isTruncated != true, seed)
        #expect(history.map { store.payload(of: $0) } == expected.prefix(history.count).map(\.payload), seed)
        #expect(store.facts(of: topic)?.seen == UInt64(expected.count), seed)
      }
      for index in 0..<UInt32(store.tree.nodes.count) {
        kept += UInt64(store.tree.heads[index].kept)
      }
      #expect(kept + store.statistics.evicted == UInt64(model.messages.count), seed)
      #expect(store.memoryUsed <= store.limits.bytes, seed)
    }
  }
}

extension TopicStore {
  fileprivate func message(_ id: MessageID?) -> MessageInfo? {
    id.flatMap { message($0) }
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
