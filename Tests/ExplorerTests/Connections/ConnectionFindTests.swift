import Terminal
import Testing

@testable import Explorer

@Suite struct ConnectionFindTests {
  private func desk() -> Desk {
    let desk = Desk([], 100, 24)
    desk.workspace.take(ProfileTable(TOMLText(ConnectionScreenTests.profiles)))
    desk.refresh()
    return desk
  }

  @Test func `a slash narrows the list by name and address, and Esc shows all of it again`() {
    let desk = desk()
    #expect(desk.press("j /").isEmpty)
    desk.type("hOm")
    #expect(!desk.text.contains("home") && desk.text.contains("0 of 3 match") && desk.text.contains("matches hOm"))
    desk.press("Backspace Backspace Backspace")
    desk.type("ar")
    #expect(desk.text.contains("garage:1883") && !desk.text.contains("broken") && desk.text.contains("1 of 3 match"))
    #expect(desk.press("Enter Esc").isEmpty && desk.text.contains("broken") && desk.text.contains("Address"))
    #expect(desk.press("Esc") == [.quit])
  }

  @Test func `what is found is what the keys are for, and letters go to the prompt until Enter`() {
    let desk = desk()
    desk.press("/")
    desk.type("b")
    #expect(desk.press("d").isEmpty && desk.text.contains("/ bd"))
    desk.press("Backspace")
    #expect(desk.press("Enter d y") == [.change(.delete(name: "broken"))])
    #expect(desk.press("/ Esc / Backspace d y") == [.change(.delete(name: "broken"))], "what was lit stays lit")
    desk.press("/")
    desk.type("!o")
    desk.press("Down Up Enter")
    #expect(desk.press("t").isEmpty && desk.text.contains("ann at garage:1883"))
  }

  @Test func `nothing that is found is nothing to connect, and a profile that comes is shown`() {
    let desk = desk()
    desk.press("/")
    desk.type("nowhere")
    #expect(desk.press("Enter Enter x e d").isEmpty && desk.text.contains("No broker matches nowhere."))
    #expect(desk.text.contains("There is no broker to delete: Esc shows all."))
    let change = ProfileChange.add(name: "new", Profile(url: "mqtt://new"))
    desk.workspace.finish(
      change,
      Result { () throws(ProfileError) in
        try ProfileTable.text(TOMLText(ConnectionScreenTests.profiles), with: change)
      })
    desk.refresh()
    #expect(desk.text.contains("garage") && desk.press("d y") == [.change(.delete(name: "new"))])
  }

  @Test func `a click lights the row that is seen there, in a list that was scrolled too`() throws {
    let desk = Desk([], 80, 24)
    let text = (10..<60).map { "[profiles.p\($0)]\nurl = \"mqtt://h\"\n" }.joined()
    desk.workspace.take(ProfileTable(TOMLText(text)))
    desk.press("G")
    let row = try #require(desk.text.split(separator: "\n").firstIndex { $0.contains("p57") })
    _ = desk.workspace.handle(.mouse(MouseEvent(.press(.left), at: Point(column: 5, row: row))))
    #expect(desk.press("d y") == [.change(.delete(name: "p57"))])
  }

  @Test func `the smallest screen shows the broker that is lit, before anything is told of it`() {
    let desk = Desk([], Layout.smallest.columns, Layout.smallest.rows)
    desk.workspace.take(ProfileTable(TOMLText(ConnectionScreenTests.profiles)))
    desk.refresh()
    desk.press("j")
    #expect(desk.text.contains("gar"))
    #expect(!desk.text.contains("kept"))
  }
}
