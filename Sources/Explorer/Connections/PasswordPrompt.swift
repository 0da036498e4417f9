import Terminal

/// A question for the password of a profile that names a user and no source of it; the answer is not shown.
struct PasswordPrompt: Equatable, Sendable {
  let name: String
  let profile: Profile
  let isTest: Bool
  private(set) var answer = TextEditor(isSingleLine: true)

  enum Outcome {
    case none
    case cancelled
    /// Nil when nothing was typed: the user connects without a password.
    case answered([UInt8]?)
  }

  init(name: String, _ profile: Profile, isTest: Bool) {
    self.name = name
    self.profile = profile
    self.isTest = isTest
  }

  mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .escape: return .cancelled
    case .enter: return .answered(answer.isEmpty ? nil : Array(answer.text.utf8))
    default:
      _ = answer.handle(key, page: 1)
      return .none
    }
  }

  func draw(into frame: inout Frame, in screen: Rect) {
    let window = screen.inset(columns: 2, rows: 1).centred(Size(columns: 64, rows: 6))
    frame.box(window, title: "Password", note: "Enter goes on · Esc goes back", isFocused: true, on: .popup)
    let inside = window.inside.inset(columns: 1, rows: 0)
    let question = "For \(profile.user ?? "") at \(profile.address); it is not kept."
    let used = frame.writeParagraph(question, in: inside.split(rows: -2).top, Style(.label, on: .popup))
    let dots = TextEditor(String(repeating: "•", count: answer.text.count), isSingleLine: true)
    dots.draw(into: &frame, in: inside.line(used + 1), isFocused: true)
  }
}
