import Terminal
import Testing

@testable import Explorer

/// Passwords of profiles, as the screens tell of them.
@Suite struct ConnectionPasswordTests {
  private static let profiles = """
    [profiles.home]
    url = "mqtt://home"
    username = "ann"
    password_command = "pass show home"

    [profiles.ann]
    url = "mqtt://ann@garage"
    """

  private func desk() -> Desk {
    let desk = Desk([], 100, 24)
    desk.workspace.take(ProfileTable(TOMLText(Self.profiles)))
    desk.refresh()
    return desk
  }

  @Test func `a user without a source of the password is asked for it`() throws {
    let desk = desk()
    #expect(desk.press("j Enter").isEmpty)
    #expect(desk.text.contains("Password") && desk.text.contains("ann at garage:1883"))
    desk.type("pst")
    #expect(!desk.text.contains("pst"))
    let effects = desk.press("Enter")
    guard case .connect(_, .profile(_, let password)) = try #require(effects.first) else {
      Issue.record("\(effects)")
      return
    }
    #expect(password == Array("pst".utf8))
  }

  @Test func `a password command is waited for, and Esc gives it up when nothing is nearer`() throws {
    let desk = desk()
    guard case .connect(let id, let target) = desk.press("Enter").first else {
      Issue.record("Enter does not connect")
      return
    }
    let command = try #require(target.passwordCommand)
    desk.workspace.awaitPassword(of: id, command)
    desk.refresh()
    #expect(desk.status.contains("waiting for the password command"))
    #expect(desk.text.contains("Waiting for the password command:") && desk.text.contains("Esc ends it"))
    desk.press("/")
    desk.type("x")
    #expect(desk.press("Esc").isEmpty && desk.press("Esc") == [.broker(id, .giveUpPassword)])
    desk.press("B")
    #expect(desk.text.contains("waiting for password") && desk.text.contains("which x ends: pass show home"))
    #expect(desk.press("x") == [.close(id)])
  }

  @Test func `a trial waits for the password first`() throws {
    let desk = desk()
    desk.press("t")
    let home = try #require(desk.workspace.connections.table["home"]).profile
    desk.workspace.connections.trial?.awaitPassword(of: "pass show home", for: home)
    #expect(desk.text.contains("… Password waiting for the command: pass show home") && desk.text.contains("· Name"))
    #expect(desk.workspace.connections.trial?.gotPassword() == home)
    #expect(desk.text.contains("✓ Password given") && desk.text.contains("… Name"))
    desk.workspace.connections.trial?.awaitPassword(of: "pass show home", for: home)
    desk.workspace.connections.trial?.fail("It gave none.")
    #expect(desk.text.contains("× Password It gave none.") && desk.text.contains("· Broker"))
  }
}
