import CVTerm
import Glibc

/// The keys that are not characters.
package enum SpecialKey {
  case enter, tab, backspace, escape, up, down, left, right, insert, delete, home, end, pageUp, pageDown
  case function(Int)

  var code: VTermKey {
    switch self {
    case .enter: VTERM_KEY_ENTER
    case .tab: VTERM_KEY_TAB
    case .backspace: VTERM_KEY_BACKSPACE
    case .escape: VTERM_KEY_ESCAPE
    case .up: VTERM_KEY_UP
    case .down: VTERM_KEY_DOWN
    case .left: VTERM_KEY_LEFT
    case .right: VTERM_KEY_RIGHT
    case .insert: VTERM_KEY_INS
    case .delete: VTERM_KEY_DEL
    case .home: VTERM_KEY_HOME
    case .end: VTERM_KEY_END
    case .pageUp: VTERM_KEY_PAGEUP
    case .pageDown: VTERM_KEY_PAGEDOWN
    case .function(let number): VTermKey(VTERM_KEY_FUNCTION_0.rawValue + UInt32(number))
    }
  }
}

/// A program in a terminal, used as a person uses it: type, look, wait until something is seen.
package final class TerminalSession {
  package let terminal: VirtualTerminal
  package let device: PseudoTerminal
  /// Every byte that the program has written.
  package private(set) var transcript: [UInt8] = []
  private var pending: ArraySlice<UInt8> = []

  package init(
    _ program: String, _ arguments: [String] = [], size: TerminalSize = TerminalSize(columns: 80, rows: 24),
    environment: [String: String] = [:]
  ) throws(TestSupportError) {
    let defaults = ["TERM": "xterm-256color", "COLORTERM": "truecolor"].merging(environment) { $1 }
    terminal = try VirtualTerminal(size: size)
    device = try PseudoTerminal(
      program, arguments, size: size, environment: TestEnvironment.inherited(adding: defaults))
  }

  package var screen: Screen { terminal.screen }

  /// Takes what the program has written so far, so that it is not held up by a terminal that nobody reads.
  package func look() throws(TestSupportError) {
    while try pump(milliseconds: 0) {}
  }

  /// Types characters as they are; a control character is what the keyboard's Ctrl makes.
  package func type(_ text: String) throws(TestSupportError) {
    try send(Array(text.utf8))
  }

  /// Ctrl and a letter.
  package func control(_ letter: Character) throws(TestSupportError) {
    guard let byte = letter.asciiValue else { throw TestSupportError("Ctrl+\(letter) is not on a keyboard") }
    try send([byte & 0x1f])
  }

  package func press(_ keys: SpecialKey..., isShifted: Bool = false) throws(TestSupportError) {
    for key in keys { terminal.press(key.code, isShifted ? VTERM_MOD_SHIFT : VTERM_MOD_NONE) }
    try send([])
  }

  package func paste(_ text: String) throws(TestSupportError) {
    terminal.paste(text)
    try send([])
  }

  /// Presses and releases a mouse button on a cell counted from 0; button 4 is the wheel up, 5 down.
  package func click(column: Int, row: Int, button: Int = 1) throws(TestSupportError) {
    terminal.mouse(button: button, isPressed: true, column: column, row: row)
    terminal.mouse(button: button, isPressed: false, column: column, row: row)
    try send([])
  }

  package func send(_ bytes: [UInt8]) throws(TestSupportError) {
    pending += terminal.takeReplies() + bytes
    try pump(milliseconds: 0)
  }

  package func resize(to size: TerminalSize) throws(TestSupportError) {
    terminal.resize(to: size)
    try device.resize(to: size)
  }

  /// Waits until the screen is as expected; says what it showed last if it never is.
  @discardableResult
  package func wait(
    within duration: Duration = .seconds(20), file: StaticString = #fileID, line: UInt = #line,
    until isExpected: (Screen) -> Bool
  ) throws(TestSupportError) -> Screen {
    let deadline = Deadline(in: duration)
    while true {
      try pump(milliseconds: 0)
      if isExpected(screen) {
        let settled = try settledScreen()
        if isExpected(settled) { return settled }
      }
      if deadline.isPast { throw complaint("the screen is not as expected after \(duration)", file, line) }
      let hasEnded = device.process.reap() != nil
      let news = try pump(milliseconds: deadline.milliseconds(atMost: 50))
      if hasEnded && !news { throw complaint("the program has ended", file, line) }
    }
  }

  /// Waits until a row shows this text.
  @discardableResult
  package func wait(
    for text: String, within duration: Duration = .seconds(20), file: StaticString = #fileID, line: UInt = #line
  ) throws(TestSupportError) -> Screen {
    do {
      return try wait(within: duration, file: file, line: line) { $0.contains(text) }
    } catch {
      throw TestSupportError("waiting for '\(text)': \(error)")
    }
  }

  /// Waits for the end of the program, showing what it writes until then.
  package func waitForExit(
    within duration: Duration = .seconds(20), file: StaticString = #fileID, line: UInt = #line
  ) throws(TestSupportError) -> ExitStatus {
    let deadline = Deadline(in: duration)
    while true {
      let status = device.process.reap()
      let news = try pump(milliseconds: status == nil ? deadline.milliseconds(atMost: 20) : 0)
      if let status, !news { return status }
      if deadline.isPast { throw complaint("the program did not end within \(duration)", file, line) }
    }
  }

  /// The screen once the rest of a frame has come: a terminal's bytes arrive in pieces of 4,096.
  private func settledScreen() throws(TestSupportError) -> Screen {
    for _ in 0..<16 {
      guard try pump(milliseconds: 10) else { break }
    }
    return screen
  }

  /// Moves bytes both ways; true when the program wrote something.
  @discardableResult
  private func pump(milliseconds: Int32) throws(TestSupportError) -> Bool {
    pending = try device.write(pending)
    let bytes = try device.read(milliseconds: milliseconds)
    guard !bytes.isEmpty else { return false }
    transcript += bytes
    terminal.feed(bytes)
    pending += terminal.takeReplies()
    return true
  }

  private func complaint(_ sentence: String, _ file: StaticString, _ line: UInt) -> TestSupportError {
    let frame = String(repeating: "─", count: terminal.size.columns)
    return TestSupportError("\(sentence) (\(file):\(line)); it shows\n\(frame)\n\(screen.text)\n\(frame)")
  }
}
