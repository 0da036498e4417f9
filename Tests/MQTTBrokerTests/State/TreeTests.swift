import MQTT
import Testing

@testable import MQTTBroker

/// The trees of filters and topics against the plain comparison of one filter with one topic.
struct TreeTests {
  private static func words(_ count: Int, _ levels: [String], _ random: inout SplitMix) -> [String] {
    (0..<count).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in levels.randomElement(using: &random) ?? "" }
        .joined(separator: "/")
    }
  }

  @Test func `the tree finds what the plain comparison finds, through any changes`() throws {
    var random = SplitMix(seed: 5)
    var tree = SubscriptionTree(seed: 9)
    var model: Set<String> = []
    let subscriber = Subscriber(session: 1, qos: .atMostOnce, noLocal: false, retainAsPublished: false, identifier: 0)
    for round in 0..<400 {
      var filter = Self.words(1, ["a", "b", "", "+", "$x", "longer than eight"], &random)[0]
      if round % 3 == 0 { filter += "/#" }
      guard (try? TopicFilter(filter)) != nil else { continue }
      let key = FilterKey(filter)
      if round % 5 < 3 {
        #expect(tree.insert(key, subscriber) == model.insert(filter).inserted)
      } else {
        #expect(tree.remove(key, of: 1) == (model.remove(filter) != nil))
      }
      for topic in Self.words(5, ["a", "b", "", "c", "$x", "longer than eight"], &random) where !topic.isEmpty {
        var hits: [Int32] = []
        tree.match(topic.utf8.span.bytes, into: &hits)
        let expected = try model.filter { try TopicFilter($0).matches(topic: topic) }
        #expect(hits.count == expected.count && Set(hits).count == hits.count, "\(topic) \(expected)")
      }
      #expect(tree.count == model.count)
    }
    for filter in model { _ = tree.remove(FilterKey(filter), of: 1) }
    let isEmpty = tree.tree.nodes.allSatisfy { $0.value == nil && $0.parent < 0 && $0.firstChild < 0 }
    #expect(isEmpty)
  }

  @Test func `what is retained is found by the plain comparison too`() throws {
    var random = SplitMix(seed: 6)
    var store = RetainedStore(seed: 9)
    var topics: Set<String> = []
    for topic in Self.words(200, ["a", "b", "", "c", "$x"], &random) where !topic.isEmpty {
      #expect(store.keep(try StoredMessage(Publish(topic: topic, isRetained: true), at: 0), count: .max, size: .max))
      topics.insert(topic)
    }
    #expect(store.count == topics.count)
    for filter in Self.words(200, ["a", "b", "", "+", "$x"], &random) + ["#", "a/#", "+/#", "$x/#"]
    where !filter.isEmpty {
      var found: [StoredMessage] = []
      _ = store.match(filter.utf8.span.bytes, at: 0, into: &found)
      let expected = try topics.filter { try TopicFilter(filter).matches(topic: $0) }
      #expect(Set(found.map(\.topicText)) == expected && found.count == expected.count, "\(filter)")
    }
    for topic in topics { _ = store.remove(topic.utf8.span.bytes) }
    #expect(store.count == 0 && store.size == 0)
  }
}
