import MQTT
import MQTTClient
import Terminal
import Testing
import TestSupport

@testable import Explorer

@Suite struct ConnectionScreenTests {
  static let profiles = """
    [profiles.home]
    url = "mqtt://home"

    [profiles.ann]
    url = "mqtt://ann@garage"

    [profiles.broken]
    url = "mqtt://broken"
    what = 1
    """

  private func desk(_ names: [String] = []) -> Desk {
    let desk = Desk(names, 100, 24)
    desk.workspace.take(ProfileTable(TOMLText(Self.profiles)))
    desk.refresh()
    return desk
  }

  private var home: Profile {
    var profile = Profile()
    profile.url = "mqtt://home"
    return profile
  }

  @Test func `without a broker the screen is there, and leaving it leaves the program`() {
    let desk = desk()
    #expect(desk.text.contains("Brokers") && desk.text.contains("home"))
    #expect(desk.press("Esc") == [.quit])
    #expect(desk.press("Ctrl+C") == [.quit])
  }

  @Test func `B reads the file and shows the screen, Esc goes back`() {
    let desk = desk(["one"])
    #expect(desk.press("B") == [.readProfiles])
    #expect(desk.text.contains("Brokers") && desk.text.contains("one:1883"))
    #expect(desk.press("Esc").isEmpty && desk.text.contains("1 Topics"))
  }

  @Test func `Enter connects, and a second time only shows what is open`() throws {
    let desk = desk()
    let effects = desk.press("Enter")
    let id = try #require(desk.workspace.shown?.id)
    #expect(effects == [.connect(id, .profile(home, password: nil)), .used("home")])
    #expect(desk.status.contains("home:1883"))
    #expect(desk.press("B Enter") == [.readProfiles])
    #expect(desk.workspace.brokers.count == 1 && !desk.workspace.isConnecting)
  }

  @Test func `a broken profile is not connected, and says where it is broken`() {
    let desk = desk()
    #expect(desk.press("G Enter").isEmpty)
    #expect(desk.text.contains("config.toml, line 9, what: there is no setting"))
    #expect(desk.workspace.brokers.isEmpty)
  }

  @Test func `a broker that is closed says goodbye, and the last one leaves the screen`() throws {
    let desk = desk()
    desk.press("Enter")
    let id = try #require(desk.workspace.shown?.id)
    #expect(desk.press("B x") == [.readProfiles, .close(id)])
    #expect(desk.workspace.brokers.isEmpty && desk.workspace.isConnecting)
    #expect(desk.press("x").isEmpty)
  }

  @Test func `deleting needs a y, and nothing else will do`() {
    let desk = desk()
    #expect(desk.press("d Enter").isEmpty && desk.press("d d").isEmpty && desk.press("d Esc").isEmpty)
    #expect(desk.press("d y") == [.change(.delete(name: "home"))])
  }

  @Test func `a new profile is written as it was typed`() {
    let desk = desk()
    desk.press("n")
    desk.type("desk")
    desk.press("Tab")
    desk.type("localhost:1884")
    var profile = Profile()
    profile.url = "localhost:1884"
    #expect(desk.press("Ctrl+S") == [.change(.add(name: "desk", profile))])
  }

  @Test func `an empty form complains of nothing until a field was left`() {
    let desk = desk()
    desk.press("n")
    #expect(!desk.text.contains("×"))
    desk.type("a")
    desk.press("Backspace")
    #expect(!desk.text.contains("×"))
    desk.press("Tab")
    #expect(desk.text.contains("× The profile needs a name.") && !desk.text.contains("The URL is missing"))
    desk.press("Tab Shift+Tab")
    #expect(desk.text.contains("× The URL is missing"))
  }

  @Test func `a form with a mistake is not saved, and the cursor goes there`() {
    let desk = desk()
    #expect(desk.press("n Ctrl+S").isEmpty)
    #expect(desk.text.contains("× The profile needs a name."))
    desk.type("home")
    #expect(desk.press("Ctrl+S").isEmpty && desk.text.contains("There is a profile of this name already."))
  }

  @Test func `what was left in a form is there again, until it is saved`() {
    let desk = desk()
    desk.press("e")
    desk.type("/x")
    desk.press("Esc e")
    #expect(desk.text.contains("mqtt://home/x") && desk.text.contains("not saved"))
    desk.press("Backspace Backspace")
    desk.type(":99")
    var profile = home
    profile.url = "mqtt://home:99"
    let change = ProfileChange.edit(name: "home", newName: "home", profile, was: home)
    #expect(desk.press("Ctrl+S") == [.change(change)])
    desk.workspace.finish(
      change,
      Result { () throws(ProfileError) in
        try ProfileTable.text(TOMLText(Self.profiles), with: change)
      })
    desk.refresh()
    #expect(desk.text.contains("home:99") && desk.text.contains("Saved “home”."))
    desk.press("e")
    #expect(!desk.text.contains("not saved"))
  }

  @Test func `a change that could not be written says why, and the form stays`() {
    let desk = desk()
    desk.press("e")
    desk.type(":1")
    let change = ProfileChange.edit(name: "home", newName: "home", home, was: nil)
    desk.workspace.finish(change, .failure(.notAsMeant))
    desk.refresh()
    #expect(desk.text.contains("Nothing was written") && desk.text.contains("Profile home"))
  }

  @Test func `what was changed elsewhere meanwhile is written over only by saving again`() {
    let desk = desk()
    desk.press("e")
    desk.type(":1")
    var profile = home
    profile.url = "mqtt://home:1"
    #expect(desk.press("Ctrl+S") == [.change(.edit(name: "home", newName: "home", profile, was: home))])
    desk.workspace.finish(
      .edit(name: "home", newName: "home", profile, was: home), .failure(.changedMeanwhile("home")))
    desk.refresh()
    #expect(desk.text.contains("“home” was changed elsewhere") && desk.text.contains("mqtt://home:1"))
    #expect(desk.press("Ctrl+S") == [.change(.edit(name: "home", newName: "home", profile, was: nil))])
  }

  @Test func `a mistake in a client identifier, a user or a session is told in the form`() {
    for (field, text, sentence) in [
      (2, "a\u{7}b", "The client id has a control character in it"),
      (3, String(repeating: "x", count: 65_536), "The user is longer than the 65535 bytes"),
    ] {
      var form = ProfileForm(original: "home", name: "home", home, taken: [])
      form[ProfileField.allCases[field]].set(text)
      form.settle()
      #expect(form.shownChecks.contains { $0.isProblem && $0.sentence.contains(sentence) })
    }
    var form = ProfileForm(original: "home", name: "home", home, taken: [])
    form.choose(1, in: .cleanStart)
    form.settle()
    #expect(form.shownChecks.contains { $0.isProblem && $0.field == .clientID && $0.sentence.contains("found again") })
    form[.clientID].set("me")
    form.settle()
    #expect(form.shownChecks.isEmpty)
    form[.url].set("mqtt://ann:secret@home")
    form[.name].set(String(repeating: "n", count: 101))
    form.settle()
    #expect(form.shownChecks.map(\.field) == [.name, .url] && !form.shownChecks[1].sentence.contains("--"))
  }

  @Test func `deleting tells that an imported password goes too, and the footer what Esc does`() {
    let desk = Desk([], 100, 24, configuration: "/c/config.toml")
    desk.workspace.take(
      ProfileTable(TOMLText("[profiles.a]\nurl = \"mqtt://a\"\npassword_file = \"/c/passwords/a\"\n")))
    desk.refresh()
    #expect(desk.text.contains("Esc quit"))
    desk.press("d")
    #expect(desk.text.contains("Its password, which"))
    let other = self.desk(["one"])
    other.press("B")
    #expect(other.text.contains("Esc back"))
  }

  @Test func `a trial shows how far it came, and ends with its window`() {
    let desk = desk()
    #expect(desk.press("t") == [.test(home, password: nil)])
    let end = Disconnection(.connectionRefused, endpoint: .tcp(host: "home", port: 1883))
    desk.workspace.receive(trial: .disconnected(end))
    #expect(desk.text.contains("✓ Name") && desk.text.contains("× Network") && desk.text.contains("· Broker"))
    #expect(desk.press("Esc") == [.endTest])
    #expect(!desk.text.contains("× Network"))
  }

  @Test func `a connection that cannot be begun says why in its own place`() throws {
    let desk = desk()
    desk.press("Enter")
    let id = try #require(desk.workspace.shown?.id)
    desk.workspace.fail(id, "The password command ended with status 1.")
    desk.refresh()
    #expect(desk.text.contains("The password command ended with status 1."))
    #expect(desk.press("r") == [.broker(id, .perform(.reconnect))])
  }

  @Test func `a file that cannot be read is told, and open brokers stay`() {
    let desk = desk(["one"])
    desk.press("B")
    desk.workspace.take(ProfileTable(TOMLText("[profiles.a\n")))
    desk.refresh()
    #expect(desk.text.contains("o file") && desk.text.contains("o opens it"))
    let empty = Desk([], 80, 24)
    empty.workspace.take(ProfileTable(TOMLText("[profiles.a\n")))
    empty.refresh()
    #expect(empty.text.contains("The configuration cannot be read.") && !empty.text.contains("No broker is written"))
    #expect(empty.text.contains("o file"))
    empty.workspace.take(ProfileTable(unreadable: .noFolder))
    empty.refresh()
    #expect(empty.text.contains("The configuration cannot be read.") && !empty.text.contains("No broker is written"))
    #expect(
      desk.text.contains("The configuration cannot be read. config.toml, line 1") && desk.text.contains("one:1883"))
  }

  private static let seeds = Array(UInt64(1)...3) + [UInt64.random(in: 0...UInt64.max)]

  @Test(arguments: seeds)
  func `whatever is pressed, there is a frame of the asked size`(seed: UInt64) {
    var random = Chance(seed: seed)
    let desk = desk()
    for step in 0..<600 {
      if random.happens(onceIn: 30) { desk.workspace.size = random.size() }
      if random.happens(onceIn: 40) { desk.wait(seconds: 3) }
      if random.happens(onceIn: 25) { desk.press(random.pick(["B", "n", "e", "c"])) }
      for effect in desk.workspace.handle(random.key(on: desk.workspace.size)) {
        if case .change(let change) = effect {
          desk.workspace.finish(
            change,
            Result { () throws(ProfileError) in
              try ProfileTable.text(TOMLText(Self.profiles), with: change)
            })
        }
        if case .test = effect { desk.workspace.receive(trial: .disconnected(random.end())) }
      }
      desk.refresh()
      #expect(desk.workspace.frame().size == desk.workspace.size, "seed \(seed), step \(step)")
    }
  }
}
