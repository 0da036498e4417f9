import MQTT
import MQTTClient
import Testing
import TestSupport

@testable import Explorer

@Suite struct ProfileReadingTests {
  private static let whole = """
    # my brokers
    title = "kept"

    [profiles.garage]
    url = "mqtts://garage.local:8883"   # behind the house
    client_id = "me"
    username = "ann"
    password_command = "pass show garage"
    protocol = "3.1.1"
    clean_start = false
    session_expiry = 3600
    keep_alive = 20
    will = { topic = "me/state", payload = "gone", qos = 1, retain = true, delay = 5 }
    subscriptions = [
      { filter = "home/#", qos = 1 },  # all of it
      { filter = "$SYS/#", no_local = true, retain_as_published = false, retain_handling = 2 },
      "plain",
    ]
    websocket = { headers = { B = "2", A = "1" } }
    proxy = "socks5://localhost:1080"
    memory = "128MB"
    read_only = true
    theme = "light"

    [profiles.garage.tls]
    ca_file = "/etc/ca.pem"
    certificate = "c.pem"
    key = "k.pem"
    server_name = "garage"
    alpn = ["mqtt"]
    verify = false
    min_version = "1.2"

    [profiles."the other one"]
    url = "localhost"
    """

  @Test func `every setting reaches its place`() throws {
    let table = ProfileTable(TOMLText(Self.whole))
    #expect(table.problem == nil && table.entries.map(\.name) == ["garage", "the other one"])
    let entry = try #require(table["garage"])
    #expect(entry.problems == [])
    let profile = entry.profile
    #expect(profile.url == "mqtts://garage.local:8883" && profile.clientID == "me" && profile.username == "ann")
    #expect(profile.password == .command("pass show garage") && profile.version == .v3_1_1)
    #expect(profile.cleanStart == false && profile.sessionExpiry == 3600 && profile.keepAlive == 20)
    #expect(
      profile.will == ProfileWill(topic: "me/state", payload: "gone", qos: .atLeastOnce, isRetained: true, delay: 5))
    #expect(
      profile.subscriptions == [
        Subscription(filter: "home/#", qos: .atLeastOnce, retainAsPublished: true),
        Subscription(filter: "$SYS/#", noLocal: true, retainHandling: .doNotSend),
        Subscription(filter: "plain", retainAsPublished: true),
      ])
    #expect(
      profile.tls.authorities == "/etc/ca.pem" && profile.tls.certificate == "c.pem" && profile.tls.key == "k.pem")
    #expect(profile.tls.serverName == "garage" && profile.tls.protocols == ["mqtt"] && profile.tls.verifies == false)
    #expect(profile.tls.minimumVersion == "1.2" && profile.tls.pin == nil)
    #expect(profile.headers == [ProfileHeader(name: "A", value: "1"), ProfileHeader(name: "B", value: "2")])
    #expect(profile.proxy == "socks5://localhost:1080" && profile.memory?.bytes == 128 << 20)
    #expect(profile.isReadOnly == true && profile.theme == "light")
  }

  @Test func `what is written is read as it was`() throws {
    let profile = try #require(ProfileTable(TOMLText(Self.whole))["garage"]?.profile)
    let text = try ProfileTable.text(TOMLText(""), with: .add(name: "a b", profile))
    #expect(ProfileTable(text)["a b"]?.profile == profile)
  }

  @Test(arguments: [
    ("url = 5", 2, "url", "url has to be text in quotation marks"),
    ("url = \"x\"\nkeepalive = 3", 3, "keepalive", "there is no setting “keepalive”"),
    ("url = \"x\"\n\nkeep_alive = 70000", 4, "keep_alive", "keep_alive is a whole number from 0 to 65535"),
    ("url = \"x\"\nkeep_alive = -1", 3, "keep_alive", "whole number"),
    ("url = \"x\"\nclean_start = \"no\"", 3, "clean_start", "clean_start is true or false"),
    ("url = \"x\"\nprotocol = \"4\"", 3, "protocol", "protocol is one of auto, 5, 3.1.1"),
    ("url = \"x\"\nmemory = \"1MB\"", 3, "memory", "memory is a size of 64MB at least"),
    ("url = \"x\"\nwill = 1", 3, "will", "will has to be a table"),
    ("url = \"x\"\nwill = { topic = \"a\", qos = 3 }", 3, "will", "qos is 0, 1 or 2"),
    ("url = \"x\"\nsubscriptions = [{ qos = 1 }]", 3, "subscriptions", "needs a filter"),
    ("url = \"x\"\n[profiles.p.tls]\nverifi = true", 4, "tls.verifi", "there is no setting “verifi”"),
    ("url = \"x\"\npassword = \"a\"\npassword_env = \"B\"", 3, "password", "more than one source"),
    ("username = \"a\"", 1, "url", "it has no url"),
  ])
  func `a bad setting is told with its line, and the profile is broken`(
    lines: String, line: Int, key: String, sentence: String
  ) throws {
    let table = ProfileTable(TOMLText("[profiles.p]\n\(lines)\n"))
    let problem = try #require(table["p"]?.problems.first)
    #expect(problem.line == line && problem.key == key && problem.sentence.contains(sentence), "\(problem)")
  }

  @Test func `a session that nobody could find again is not begun, nor what cannot be sent`() throws {
    var profile = Profile(url: "mqtt://a")
    profile.cleanStart = false
    #expect(throws: ProfileError.nobodysSession) { try profile.configuration(password: nil) }
    (profile.cleanStart, profile.sessionExpiry) = (nil, 60)
    #expect(throws: ProfileError.nobodysSession) { try profile.configuration(password: nil) }
    profile.clientID = "me"
    #expect(try profile.configuration(password: nil).clientID == "me")
    profile.clientID = "m\u{1b}e"
    #expect(throws: ProfileError.self) { try profile.configuration(password: nil) }
  }

  @Test func `a password in the URL of a profile is neither used nor shown`() {
    let profile = Profile(url: "mqtt://ann:secret@home:1884")
    #expect(profile.address == "•••@home:1884")
    #expect(throws: ProfileError.passwordInURL) { try profile.configuration(password: nil) }
  }

  @Test func `a wrong filter or will topic is told before anything is asked of a broker`() throws {
    var profile = Profile(url: "mqtt://home")
    profile.subscriptions = [Subscription(filter: "a/#/b"), Subscription(filter: "ok")]
    #expect(throws: ProfileError.self) { try profile.configuration(password: nil) }
    profile.subscriptions = []
    profile.will = ProfileWill(topic: "state/+")
    #expect(throws: ProfileError.self) { try profile.configuration(password: nil) }
    profile.will = ProfileWill(topic: "state/a")
    #expect(try profile.configuration(password: nil).will?.topic == "state/a")
  }

  @Test func `a broken profile does not hide the others`() {
    let table = ProfileTable(TOMLText("[profiles]\na = 5\n[profiles.b]\nurl = \"x\"\n"))
    #expect(table["a"]?.problems.count == 1 && table["b"]?.problems == [])
  }

  @Test(arguments: [
    "[=", "[\n", "a = 1\n[ # x\n", "[[ .a]]", "a = [}", "a = [1, }", "a = 1979-05-27Tx", "[profiles.a\n", "a = = 1",
    "profiles = 3",
    "[profiles.a]\nurl = \"x\"\nurl = \"y\"\n",
  ])
  func `a file that cannot be read says where`(text: String) {
    #expect(ProfileTable(TOMLText(text)).problem?.line != nil)
  }

  @Test func `bytes that are no text are told`() {
    #expect(ProfileTable(TOMLText([0x61, 0xff])).problem != nil)
    #expect(ProfileTable(TOMLText("a = 1\n\u{0}")).problem != nil)
  }

  @Test(arguments: [
    ("client_id = \"a\\u0000b\"", "client_id"), ("client_id = \"a\\U00000000\"", "client_id"),
    ("client_id = \"\"\"\n\\\\\\u0000\"\"\"", "client_id"), ("subscriptions = [\"a\", \"b\\u0000\"]", "subscriptions"),
    ("will = { topic = \"a\\u0000\" }", "will"), ("tls.alpn = [\"\\u0000\"]", "tls"),
  ])
  func `a NUL breaks the profile that it is in, and no other`(line: String, key: String) throws {
    let table = ProfileTable(TOMLText("[profiles.a]\nurl = \"x\"\n\(line)\n[profiles.b]\nurl = \"y\"\n"))
    #expect(table.problem == nil && table["b"]?.problems == [])
    let problems = try #require(table["a"]?.problems)
    #expect(problems.map(\.key) == [key] && problems[0].line == 3, "\(problems)")
    #expect(problems[0].sentence.contains("a NUL"))
    #expect(table["a"]?.profile.clientID == nil)
  }

  @Test(arguments: [
    "# \\u0000\n", "client_id = 'a\\u0000b'\n", "client_id = \"a\\\\u0000b\"\n", "subscriptions = [ # \\u0000\n]\n",
    "client_id = '''\n\\u0000'''\n",
  ])
  func `what only looks like a NUL is none`(line: String) {
    let table = ProfileTable(TOMLText("title = \"\\u0000\"\n[profiles.a]\nurl = \"x\"\n\(line)"))
    #expect(table.problem == nil && table["a"]?.problems == [])
  }

  @Test func `a NUL in the name of a profile is told beside the profile of the name without it`() throws {
    let text = TOMLText("[profiles.\"a\\u0000b\"]\nurl = \"x\"\n[profiles.a]\nurl = \"y\"\n")
    let table = ProfileTable(text)
    #expect(table.entries.map(\.name) == ["a\0b", "a"] && table["a"]?.problems == [])
    #expect(table["a\0b"]?.problems.first?.sentence == "there is a NUL in the name of this profile")
    let mended = try ProfileTable.text(text, with: .delete(name: "a\0b"))
    #expect(mended.text == "[profiles.a]\nurl = \"y\"\n")
  }

  @Test(arguments: [
    ("[profile.home]\nurl = \"x\"", "home", 1, "profile.home", "write [profiles.home]"),
    ("\n[profile.home]\nusername = \"x\"", "home", 2, "profile.home", "write [profiles.home]"),
    ("[Brokers.\"a b\"]\nurl = \"x\"", "a b", 1, "Brokers.\"a b\"", "write [profiles.\"a b\"]"),
    ("[home]\nurl = \"x\"", "home", 1, "home", "write [profiles.home]"),
    ("[[profile]]\nurl = \"x\"\n[[profile]]\nurl = \"y\"", "", 1, "profile", "write [profiles.NAME]"),
    ("url = \"x\"\n[profiles.a]\nurl = \"x\"", "", 1, "url", "write [profiles.NAME]"),
  ])
  func `what looks like a profile and is none is told with what to write`(
    text: String, name: String, line: Int, key: String, advice: String
  ) throws {
    let table = ProfileTable(TOMLText(text))
    #expect(table.problem == nil && table.strays.count == 1 && table.strays[0].name == name)
    let problem = try #require(table.strays.first?.problems.first)
    #expect(problem.line == line && problem.key == key && problem.sentence.contains(advice), "\(problem)")
  }

  @Test func `other tables are nobody's business`() {
    #expect(ProfileTable(TOMLText("title = 1\n[keys]\nq = \"quit\"\n[profiles.a]\nurl = \"x\"\n")).strays == [])
  }

  @Test func `random bytes never trap`() {
    var random = Chance(seed: UInt64.random(in: 0...UInt64.max))
    let pieces = [
      "[", "]", "profiles", ".", "a", "=", "\"", "'", "\"\"\"", "#", "\n", " ", "\\", "{", "}", ",", "é", "1",
      "1979-05-27", "t",
    ]
    for _ in 0..<20_000 {
      let text = TOMLText((0..<random.number(below: 30)).map { _ in random.pick(pieces) }.joined())
      _ = ProfileTable(text)
      var changed = text
      changed.set("1", at: ["profiles", "a", "url"])
      changed.remove(["profiles"])
      changed.rename(["profiles", "a"], to: "b")
    }
  }
}
