import MQTT
import Testing

@Suite struct TopicTests {
  @Test(arguments: ["a", "/", "a//b", "$SYS/x", " ", "a b", "é/漢", String(repeating: "x", count: 65_535)])
  func `a topic of any characters but wildcards is a topic`(topic: String) throws {
    try TopicName.validate(topic)
  }

  @Test func `what is no topic is refused with its reason`() {
    #expect(throws: TopicError.empty) { try TopicName.validate("") }
    #expect(throws: TopicError.wildcardInName) { try TopicName.validate("a/+") }
    #expect(throws: TopicError.wildcardInName) { try TopicName.validate("a/long/topic/with/levels#") }
    #expect(throws: TopicError.nullCharacter) { try TopicName.validate("a\0b") }
    #expect(throws: TopicError.tooLong(size: 65_536)) {
      try TopicName.validate(String(repeating: "x", count: 65_536))
    }
  }

  @Test func `what is no filter is refused with its reason`() {
    #expect(throws: TopicError.empty) { try TopicFilter("") }
    #expect(throws: TopicError.nullCharacter) { try TopicFilter("a/\0/#") }
    #expect(throws: TopicError.tooLong(size: 65_536)) { try TopicFilter(String(repeating: "x", count: 65_536)) }
  }

  @Test(arguments: ["#", "+", "+/+", "/#", "a/#", "a/+/b", "+/b/#", "$SYS/#", "$share/n/#", "$share/n//", "$share"])
  func `a filter with its wildcards in place is a filter`(filter: String) throws {
    _ = try TopicFilter(filter)
  }

  @Test(arguments: ["a#", "#/a", "a/#/b", "a+", "+a", "a/+b/c", "##", "++", "a/b#"])
  func `a wildcard that does not stand alone is refused`(filter: String) {
    #expect(throws: TopicError.misplacedWildcard) { try TopicFilter(filter) }
  }

  @Test(arguments: ["$share/", "$share/n", "$share/n/", "$share//a", "$share/+/a", "$share/#"])
  func `a share without name or filter is refused in 5_0 and plain in 3_1_1`(filter: String) throws {
    #expect(throws: TopicError.badShare) { try TopicFilter(filter) }
    #expect(try TopicFilter(filter, version: .v3_1_1).shareName == nil)
  }

  static let matching: [(filter: String, yes: [String], no: [String])] = [
    (
      "sport/tennis/player1/#",
      ["sport/tennis/player1", "sport/tennis/player1/ranking", "sport/tennis/player1/score/wimbledon"],
      ["sport/tennis", "sport/tennis/player2", "sport/tennis/player11"]
    ),
    ("sport/#", ["sport", "sport/", "sport/a/b"], ["sports", "spor"]),
    ("#", ["a", "/", "a/b/c"], ["$SYS", "$SYS/a"]),
    ("+/monitor/Clients", ["a/monitor/Clients", "/monitor/Clients"], ["$SYS/monitor/Clients"]),
    ("$SYS/#", ["$SYS", "$SYS/a", "$SYS/a/b"], ["a", "$SY"]),
    ("$SYS/monitor/+", ["$SYS/monitor/Clients"], ["$SYS/monitor", "$SYS/monitor/a/b"]),
    ("+", ["finance", "a"], ["/finance", "a/b", "$a"]),
    ("+/+", ["/finance", "a/b", "a/"], ["finance", "a/b/c"]),
    ("/+", ["/finance", "/"], ["finance", "/a/b"]),
    ("+/#", ["a", "a/b", "/"], ["$a/b"]),
    ("a/+/#", ["a/b", "a/", "a/b/c/d"], ["a", "b/b"]),
    ("a/+/c", ["a/b/c", "a//c", "a/$x/c"], ["a/b", "a/b/c/d", "a/b/d"]),
    ("a", ["a"], ["A", "a/", "/a", "b", "aa"]),
    ("a//b", ["a//b"], ["a/b", "a/x/b"]),
    ("$share/group/a/+", ["a/b"], ["$share/group/a/b", "a"]),
    ("$share/group/#", ["a", "a/b"], ["$SYS/a"]),
  ]

  @Test func `a filter matches the topics that the standard says it does`() throws {
    for (text, yes, no) in Self.matching {
      let filter = try TopicFilter(text)
      for topic in yes { #expect(filter.matches(topic: topic), "\(text) \(topic)") }
      for topic in no { #expect(!filter.matches(topic: topic), "\(text) \(topic)") }
    }
  }

  @Test func `a share has a name, and a filter knows whether it is one topic`() throws {
    #expect(try TopicFilter("$share/group/a/b").shareName == "group")
    #expect(try TopicFilter("a/b").shareName == nil)
    #expect(try TopicFilter("a/+").isWildcard)
    #expect(try !TopicFilter("$share/group/a").isWildcard)
  }

  @Test func `filters are compared by bytes, not by what they look like`() throws {
    let one = try TopicFilter("caf\u{E9}")
    let two = try TopicFilter("cafe\u{301}")
    #expect(one != two)
    #expect(Set([one, two]).count == 2)
    #expect(!one.matches(topic: "cafe\u{301}"))
  }
}
