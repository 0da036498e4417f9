import Testing

@testable import TopicStore

struct FilterTests {
  private func house() -> TopicStore {
    var store = TopicStore()
    for topic in ["home/Kitchen/light", "home/Kitchen/motion", "home/hall/light", "$SYS/light", "car"] {
      store.append(topic)
    }
    store.settle(at: 0)
    return store
  }

  @Test func `small letters match either case, a capital only itself`() {
    var store = house()
    store.filterNow("kit")
    #expect(store.outline == ["home", " Kitchen"])
    #expect(store.matchCount == 2)
    store.filterNow("KIT")
    #expect(store.outline == [])
    #expect(store.matchCount == 0)
  }

  @Test func `a substring may cross levels, and its ancestors stay`() {
    var store = house()
    store.filterNow("hall/l")
    #expect(store.outline == ["home", " hall", "  light"])
    #expect(store.rows(in: 0..<3).map(\.isMatch) == [false, false, true])
  }

  @Test func `an MQTT filter leaves the broker's own topics to those who name them`() {
    var store = house()
    store.filterNow("+/light")
    #expect(store.outline == [])
    store.filterNow("$SYS/#")
    #expect(store.outline == ["$SYS", " light"])
    store.filterNow("home/#")
    #expect(store.matchCount == 3)
  }

  @Test func `an inverted filter shows the rest`() {
    var store = house()
    store.filterNow("!light")
    #expect(store.outline == ["car", "home", " Kitchen", "  motion"])
  }

  @Test func `rows stay as they were until the filter is evaluated, and new topics are filtered as they come`() {
    var store = house()
    store.setFilter(Filter(typed: "light"))
    #expect(store.isFiltering == true)
    let isDone = store.continueFiltering(budget: 3)
    #expect(!isDone)
    #expect(store.outline == ["car", "home", "$SYS"])
    store.append("garden/light")
    store.settle(at: 1)
    while !store.continueFiltering(budget: 3) {}
    #expect(store.matchCount == 4)
    store.append("attic/light")
    store.append("attic/door")
    store.settle(at: 2)
    #expect(store.outline.prefix(4) == ["attic", " light", "garden", " light"])
    #expect(store.matchCount == 5)
    store.setFilter(nil)
    while !store.continueFiltering() {}
    #expect(store.outline == ["attic", "car", "garden", "home", "$SYS"])
  }

  @Test func `next and previous go round through all matches, closed branches too`() {
    var store = house()
    store.filterNow("light")
    var names: [String] = []
    var topic: TopicID?
    for _ in 0..<4 {
      topic = store.nextMatch(after: topic)
      names.append(topic.map { String(decoding: store.path(of: $0), as: UTF8.self) } ?? "none")
    }
    #expect(names == ["home/Kitchen/light", "home/hall/light", "$SYS/light", "home/Kitchen/light"])
    #expect(store.nextMatch(after: nil, backwards: true) == store.find("$SYS/light"))
  }

  @Test func `MQTT filters match as the standard says`() {
    let cases: [(String, String, Bool)] = [
      ("a/#", "a", true), ("a/#", "a/b/c", true), ("a/#", "ab", false), ("#", "a", true), ("#", "/", true),
      ("+", "a", true), ("+", "/a", false), ("+/+", "/a", true), ("/+", "/a", true), ("+/a/#", "x/a", true),
      ("a/+", "a", false), ("a/+", "a/", true), ("a//b", "a//b", true), ("a//b", "a/b", false), ("a/b", "a/bc", false),
      ("a/bc", "a/b", false), ("#", "$SYS/x", false), ("+/x", "$SYS/x", false), ("$SYS/+", "$SYS/x", true),
      ("a+", "a+", true), ("a/#/b", "a/x/b", false), ("", "", true), ("a", "", false), ("", "a", false),
      ("a/", "a", false),
    ]
    for (filter, topic, isMatch) in cases {
      let matcher = Matcher(Filter(.topicFilter(Array(filter.utf8))))
      #expect(matcher.matches(topic: Array(topic.utf8).span.bytes) == isMatch, "\(filter) \(topic)")
    }
  }
}
