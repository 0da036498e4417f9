import MQTT
import Terminal
import Testing
import TestSupport

@testable import Explorer

@Suite struct ProfileChangeTests {
  private static let text = """
    # all my brokers, by hand
    editor = "vi"  # not ours

    [profiles.home]  # the house
    url = "mqtt://home"      # by name
    # the old address was 10.0.0.1
      keep_alive = 30
    future = [ 1, 2,   # a setting of another version
      3 ]

    # the greenhouse
    [profiles.green]
    url = 'mqtt://green'
    """

  private func changed(_ change: ProfileChange, in text: String = text) throws -> String {
    try ProfileTable.text(TOMLText(text), with: change).text
  }

  @Test func `a new value takes the place of the old one and nothing else moves`() throws {
    var profile = try #require(ProfileTable(TOMLText(Self.text))["home"]?.profile)
    profile.url = "mqtt://new \"home\""
    let after = try changed(.edit(name: "home", newName: "home", profile, was: nil))
    #expect(after == Self.text.replacing("\"mqtt://home\"", with: "\"mqtt://new \\\"home\\\"\""))
  }

  @Test func `a setting that is new stands behind the last one of its profile`() throws {
    var profile = try #require(ProfileTable(TOMLText(Self.text))["home"]?.profile)
    profile.username = "ann"
    let after = try changed(.edit(name: "home", newName: "home", profile, was: nil))
    #expect(after == Self.text.replacing("  3 ]\n", with: "  3 ]\nusername = \"ann\"\n"))
  }

  @Test func `a setting that is gone takes its line with it`() throws {
    var profile = try #require(ProfileTable(TOMLText(Self.text))["home"]?.profile)
    profile.keepAlive = nil
    let after = try changed(.edit(name: "home", newName: "home", profile, was: nil))
    #expect(after == Self.text.replacing("  keep_alive = 30\n", with: ""))
  }

  @Test func `another name is written wherever the name stood`() throws {
    let text = "[profiles.a]\nurl = \"x\"\n[profiles.a.tls]\nca_file = \"c\"\n[profiles.b]\nurl = \"y\"\n"
    let profile = try #require(ProfileTable(TOMLText(text))["a"]?.profile)
    let after = try changed(.edit(name: "a", newName: "b c", profile, was: nil), in: text)
    #expect(after == text.replacing("profiles.a", with: "profiles.\"b c\""))
  }

  @Test func `a deleted profile leaves what stands around it`() throws {
    #expect(
      try changed(.delete(name: "home")) == """
        # all my brokers, by hand
        editor = "vi"  # not ours

        # the greenhouse
        [profiles.green]
        url = 'mqtt://green'
        """)
  }

  @Test func `a new profile stands at the end`() throws {
    var profile = Profile()
    profile.url = "mqtt://new"
    #expect(
      try changed(.add(name: "new", profile)) == Self.text + "\n\n[profiles.new]\nurl = \"mqtt://new\"\n")
    #expect(try changed(.add(name: "new", profile), in: "") == "[profiles.new]\nurl = \"mqtt://new\"\n")
  }

  @Test func `line ends stay those of the file`() throws {
    var profile = Profile()
    profile.url = "x"
    let after = try changed(.add(name: "b", profile), in: "[profiles.a]\r\nurl = \"y\"\r\n")
    #expect(after == "[profiles.a]\r\nurl = \"y\"\r\n\r\n[profiles.b]\r\nurl = \"x\"\r\n")
  }

  @Test(arguments: [
    "[profiles]\na.url = \"x\"\na.keep_alive = 3\n", "profiles.a.url = \"x\"\nprofiles.a.keep_alive = 3\n",
    "[profiles.a]\nurl = \"x\"\nkeep_alive = 3\n[profiles.a.tls]\nca_file = \"c\"\n[[profiles.a.subscriptions]]\nfilter = \"f\"\n",
    "[profiles.\"a\"]\nurl = \"\"\"x\"\"\"\nkeep_alive = 3",
  ])
  func `all ways to write a profile can be changed`(text: String) throws {
    let old = try #require(ProfileTable(TOMLText(text))["a"])
    #expect(old.problems == [])
    var profile = old.profile
    profile.url = "y"
    profile.keepAlive = nil
    profile.username = "u"
    profile.tls.serverName = "s"
    profile.subscriptions = [Subscription(filter: "g", retainAsPublished: true)]
    let after = ProfileTable(TOMLText(try changed(.edit(name: "a", newName: "a", profile, was: nil), in: text)))
    #expect(after["a"]?.profile == profile)
  }

  @Test func `what cannot be changed by lines is not changed at all`() throws {
    let text = "profiles = { a = { url = \"x\" } }\n"
    var profile = try #require(ProfileTable(TOMLText(text))["a"]?.profile)
    profile.url = "y"
    #expect(throws: ProfileError.notAsMeant) {
      try changed(.edit(name: "a", newName: "a", profile, was: nil), in: text)
    }
  }

  @Test func `a name that is taken or gone is told`() {
    var profile = Profile()
    profile.url = "x"
    #expect(throws: ProfileError.nameTaken("home")) { try changed(.add(name: "home", profile)) }
    #expect(throws: ProfileError.nameTaken("green")) {
      try changed(.edit(name: "home", newName: "green", profile, was: nil))
    }
    #expect(throws: ProfileError.changedMeanwhile("home")) {
      try changed(.edit(name: "home", newName: "home", profile, was: Profile(url: "mqtt://older")))
    }
    #expect(throws: ProfileError.gone("x")) { try changed(.edit(name: "x", newName: "x", profile, was: nil)) }
    #expect(throws: ProfileError.changedMeanwhile("home")) {
      try changed(.edit(name: "home", newName: "home", profile, was: Profile(url: "mqtt://older")))
    }
    #expect(throws: ProfileError.gone("x")) { try changed(.delete(name: "x")) }
  }

  @Test func `a file that cannot be read is not written`() {
    #expect(throws: ProfileError.self) { try changed(.delete(name: "a"), in: "[profiles.a\n") }
  }

  private static let seeds = Array(UInt64(1)...6) + [UInt64.random(in: 0...UInt64.max)]

  @Test(arguments: seeds)
  func `random changes of random documents keep every comment that is not the line's own`(seed: UInt64) throws {
    var random = Chance(seed: seed)
    for round in 0..<60 {
      var document = RandomDocument(&random)
      var text = TOMLText(document.text)
      #expect(ProfileTable(text).problem == nil, "seed \(seed), round \(round):\n\(document.text)")
      for _ in 0..<4 {
        let change = document.change(&random)
        let before = text
        switch Result(catching: { () throws(ProfileError) in try ProfileTable.text(before, with: change) }) {
        case .success(let after): text = after
        case .failure(.nameTaken), .failure(.gone): continue
        case .failure(let error): throw error
        }
        let table = ProfileTable(text)
        #expect(Set(table.entries.map(\.name)) == document.names, "seed \(seed), round \(round)")
        for comment in document.lasting {
          #expect(text.text.contains(comment), "seed \(seed), round \(round): \(comment)\n\(text.text)")
        }
      }
    }
  }
}

/// A configuration with comments in all places, and what has to be in it after changes.
private struct RandomDocument {
  private(set) var text = ""
  private(set) var names: Set<String> = []
  /// The comments on lines of their own, outside of profiles.
  private(set) var lasting: [String] = []
  private var number = 0

  init(_ random: inout Chance) {
    addComment(&random)
    if random.happens(onceIn: 2) { text += "other = \"# no comment\"  # \(number)\n" }
    for index in 0..<1 + random.number(below: 4) {
      addComment(&random)
      let name = random.pick(["home", "a b", "Ü", "x\"y", "1-2", "käse.brot"]) + "\(index)"
      names.insert(name)
      text += "[profiles.\(TOMLQuoting.key(name))]  # \(index)\n"
      text += "url = \"mqtt://h\(index)\"" + random.pick(["", "  # here", "#there"]) + "\n"
      if random.happens(onceIn: 2) { text += "# a thought [profiles.no]\nusername = 'u=#'\n" }
      if random.happens(onceIn: 3) { text += "unknown = \"\"\"\n[profiles.no]\nurl = 3 # text\n\"\"\"\n" }
      if random.happens(onceIn: 3) { text += "subscriptions = [\n  { filter = \"a/#\" }, # one\n  \"b\"\n]\n" }
      if random.happens(onceIn: 3) {
        text += "[profiles.\(TOMLQuoting.key(name)).tls]\nca_file = \"#\"\nverify = false # !\n"
      }
      if random.happens(onceIn: 4) { text += "\n" }
    }
    addComment(&random)
    if random.happens(onceIn: 3) { text.removeLast() }
  }

  private mutating func addComment(_ random: inout Chance) {
    guard random.happens(onceIn: 2) else { return }
    number += 1
    let comment = "# comment \(number), \"quoted and [not = a table"
    text += "\n\(comment)\n"
    lasting.append(comment)
  }

  mutating func change(_ random: inout Chance) -> ProfileChange {
    var profile = Profile()
    profile.url = random.pick(["mqtt://x", "mqtts://y:1", "z \" # \\ \n"])
    profile.username = random.pick([nil, "ann"])
    profile.password = random.pick([nil, .file("/p"), .command("pass 'x'"), .environment("P")])
    profile.keepAlive = random.pick([nil, 0, 65_535])
    profile.subscriptions = random.pick([[], [Subscription(filter: "é/#", qos: .exactlyOnce, noLocal: true)]])
    profile.tls.protocols = random.pick([[], ["mqtt", "x-amzn-mqtt-ca"]])
    profile.tls.verifies = random.pick([nil, true, false])
    let name = random.pick(names.sorted() + ["new"])
    let other = random.pick([name, name, "other one", "neu.er"])
    switch random.number(below: 3) {
    case 0 where !names.contains(other):
      names.insert(other)
      return .add(name: other, profile)
    case 1 where names.contains(name):
      names.remove(name)
      return .delete(name: name)
    default:
      if names.contains(name), name == other || !names.contains(other) {
        names.remove(name)
        names.insert(other)
      }
      return .edit(name: name, newName: other, profile, was: nil)
    }
  }
}
