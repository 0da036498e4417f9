import TopicStore

extension Measure {
  static var store: [Measure] {
    [
      append("tiny", "20 B to one of 100 known topics", topics: 100, name: Packets.shortTopic, payload: 20),
      append("mixed", "100 B to one of 10,000 known topics", topics: 10_000, payload: 100),
      Measure("store.new topic", .nanoseconds, "append to a new topic, 200,000 of them, without settling") {
        let packets = try Shop.largePackets()
        return {
          let shop = try Shop(packets)
          return Cost.ofThread { shop.append(shop.views.indices) } / Double(shop.views.count)
        }
      },
      Measure("store.settle new", .nanoseconds, "settle a new topic, 200,000 of them") {
        let packets = try Shop.largePackets()
        return {
          let shop = try Shop(packets)
          shop.append(shop.views.indices)
          return Cost.ofThread { shop.settle() } / Double(shop.views.count)
        }
      },
      Measure("store.bytes a topic", .bytes, "growth of RSS, 200,000 topics with a value of 64 B each") {
        let packets = try Shop.largePackets()
        return {
          let shop = try Shop(packets)
          let before = Cost.residentBytes
          shop.fill()
          return Double(Cost.residentBytes - before) / Double(shop.views.count)
        }
      },
      Measure("store.settle", .microseconds, "settle a frame of 1,600 messages to 200,000 open topics") {
        let shop = try Shop.large()
        return { settle(shop) }
      },
      Measure("store.settle sorted", .microseconds, "the same, sorted by count") {
        let shop = try Shop.large()
        shop.store.sort(by: .count)
        return { settle(shop) }
      },
    ]
  }

  /// Appends three million messages a run, more than the log holds, and settles every 30,000 as a loaded program does.
  private static func append(
    _ name: String, _ explanation: String, topics: Int, name topic: @escaping (Int) -> String = Packets.factoryTopic,
    payload: Int
  ) -> Measure {
    Measure("store.append \(name)", .nanoseconds, "append \(explanation), eviction and settling included") {
      let shop = try Shop(Packets.publishes(30_000, topics: topics, named: topic, payload: payload), memory: 64 << 20)
      return {
        Cost.ofThread {
          for _ in 0..<100 { shop.fill() }
        } / Double(shop.views.count * 100)
      }
    }
  }

  private static func settle(_ shop: Shop) -> Double {
    var total = 0.0
    for frame in 0..<100 {
      shop.append(frame * 1_600..<(frame + 1) * 1_600)
      total += Cost.ofThread { shop.settle() }
    }
    return total / 100 / 1_000
  }
}
