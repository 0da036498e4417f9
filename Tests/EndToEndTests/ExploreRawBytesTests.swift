import TestSupport
import Testing

/// What the program writes to its terminal, byte by byte, while a broker tries to get at it.
@Suite struct ExploreRawBytesTests {
  /// Controls of both sets, sequences that terminals obey, and all that turns or hides text.
  private static let evil =
    "a\u{1b}]2;owned\u{7}\u{1b}[2J\u{1b}]52;c;b3duZWQ=\u{7}\u{1b}P1q\u{1b}\\\u{9b}31m\u{9d}0;owned\u{9c}\u{90}"
    + "\u{202e}\u{202a}\u{2066}\u{2067}\u{200f}\u{61c}\u{8}\u{7f}\r\n\t\u{feff}\u{e000}\u{e0041}\u{2028}\u{85}z"

  private func explore(_ environment: [String: String] = [:]) throws -> (HostileMeeting, ScriptedServer.Connection) {
    let meeting = try HostileMeeting(environment: environment)
    let connection = try meeting.welcome()
    let evil = Array(Self.evil.utf8)
    for topic in [evil, Array("dir/".utf8) + evil + Array("/leaf".utf8)] {
      try connection.send(HostileMeeting.publish(topic, evil + [0xff, 0x9b, 0x32, 0x4a]))
      try connection.send(HostileMeeting.publish(topic, Array("{\"\u{1b}[2J\": ".utf8) + [0x22] + evil + [0x22, 0x7d]))
    }
    let session = meeting.session
    try session.wait { $0.rows[0].contains("2 topics") }
    try session.type("og")
    try session.wait { $0.contains("2 kept of 2") || $0.contains("leaf") }
    // Every view, the history's older message, the filter, the form with this topic, help over it.
    try session.type("vvvvw3jj1jjjv/owned")
    try session.press(.enter)
    try session.type("np")
    try session.wait(for: " Publish ")
    try session.press(.escape)
    try session.wait { !$0.contains(" Publish ") }
    try session.type("P")
    try session.wait(for: " Publish ")
    try session.press(.escape)
    try session.wait { !$0.contains(" Publish ") }
    try session.type("z?")
    try session.wait(for: " Help ")
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
    return (meeting, connection)
  }

  @Test func `nothing of a message reaches the terminal as a control`() throws {
    let (meeting, connection) = try explore()
    let text = String(decoding: meeting.session.transcript, as: UTF8.self)
    #expect(meeting.session.screen.title == "" && meeting.session.terminal.systemCommands == [])
    #expect(meeting.session.terminal.bells == 0)
    #expect(Self.unexpected(in: text) == [])
    withExtendedLifetime(connection) {}
  }

  @Test func `without UTF-8 the same holds`() throws {
    let (meeting, connection) = try explore(["LANG": "C", "LC_ALL": "C"])
    #expect(Self.unexpected(in: String(decoding: meeting.session.transcript, as: UTF8.self)) == [])
    withExtendedLifetime(connection) {}
  }

  /// Every control, sequence and invisible scalar that an xterm program drawing with ncurses has no need of.
  private static func unexpected(in text: String) -> Set<String> {
    var found: Set<String> = []
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar.value {
      case 0x1b: if let odd = sequence(&scalars) { found.insert(odd) }
      case 0x08, 0x0a, 0x0d, 0x09, 0x0f: break  // how ncurses moves the cursor and ends line drawing
      case 0x20..<0x7f: break
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
          found.insert("U+" + String(scalar.value, radix: 16))
        default: break
        }
      }
    }
    return found
  }

  /// Reads on behind an escape; nil if it is a CSI sequence of drawing, or one of the short ones.
  private static func sequence(_ scalars: inout Substring.UnicodeScalarView) -> String? {
    guard let kind = scalars.popFirst() else { return "ESC at the end" }
    guard kind == "[" else {
      if "()".unicodeScalars.contains(kind) {
        return scalars.popFirst().flatMap { "B0".unicodeScalars.contains($0) ? nil : "ESC \(kind) \($0)" }
      }
      return "78=>M".unicodeScalars.contains(kind) ? nil : "ESC \(kind)"
    }
    var parameters = ""
    while let next = scalars.first, (0x20..<0x40).contains(next.value) {
      parameters.unicodeScalars.append(next)
      scalars.removeFirst()
    }
    guard let final = scalars.popFirst() else { return "CSI at the end" }
    return "ABCDGHJKLMPSTX@bdfhlmrt".unicodeScalars.contains(final) ? nil : "CSI \(parameters)\(final)"
  }
}
