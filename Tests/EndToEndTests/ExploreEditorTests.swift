import Glibc
import TestSupport
import Testing

/// Other programs on our terminal: `$EDITOR` and `$PAGER`.
@Suite struct ExploreEditorTests {
  private func start(_ broker: Mosquitto, _ environment: [String: String]) throws -> Exploration {
    try Exploration.publish(to: broker, "home/light", #"{"state":"ON"}"#)
    let exploration = try Exploration(broker, environment: environment)
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "1 kept of 1")
    return exploration
  }

  @Test func `the editor gets a sane terminal and the draft, and what it leaves is the payload`() throws {
    let broker = try Mosquitto()
    let folder = broker.folder
    let lines =
      "stty -a </dev/tty >\(folder.path)/modes; cp \"$1\" \(folder.path)/draft; printf 'from the editor' >\"$1\""
    let editor = try Exploration.script(lines, named: "editor", in: folder)
    let exploration = try start(broker, ["EDITOR": editor])
    try exploration.openForm()
    try exploration.session.type("from the form")
    try exploration.session.control("E")
    try exploration.session.wait { $0.isAlternate && $0.contains("from the editor") && $0.contains("╭ Publish") }
    #expect(try Exploration.read("\(folder.path)/draft") == "from the form")
    let modes = try Exploration.read("\(folder.path)/modes")
    #expect(modes.contains(/\sicanon/) && modes.contains(/\secho\s/) && modes.contains(/\sisig/))
    #expect(exploration.session.terminal.mouseMode != 0)
    try exploration.session.control("S")
    try exploration.session.wait(for: "not acknowledged")
    try exploration.quit()
  }

  @Test(arguments: ["false", "no-such-editor --wait"])
  func `an editor that fails leaves the draft alone and is named`(editor: String) throws {
    let exploration = try start(try Mosquitto(), ["EDITOR": editor])
    try exploration.openForm()
    try exploration.session.type("still here")
    try exploration.session.control("E")
    try exploration.session.wait {
      $0.contains("still here") && $0.contains(editor == "false" ? "status 1" : "no-such-editor")
    }
    try exploration.quit()
  }

  @Test func `the pager gets the payload, and the screen comes back after it`() throws {
    let broker = try Mosquitto()
    let lines = "cat \"$1\"; echo; echo the pager waits; read line; exit 0"
    let pager = try Exploration.script(lines, named: "pager", in: broker.folder)
    let exploration = try start(broker, ["PAGER": pager])
    try exploration.session.type("e")
    try exploration.session.wait {
      !$0.isAlternate && $0.contains(#"{"state":"ON"}"#) && $0.contains("the pager waits")
    }
    #expect(try exploration.session.device.modes == exploration.session.device.initialModes)
    try Exploration.publish(to: broker, "home/light", "changed meanwhile")
    try exploration.session.type("\r")
    try exploration.session.wait { $0.isAlternate && $0.contains("changed meanwhile") && $0.contains("1 Topics") }
    try exploration.session.control("C")
    #expect(try exploration.session.waitForExit() == .exited(0))
    try Exploration.expectRestored(exploration.session)
  }
}
