import CNcurses

/// The terminal's modes that ncurses knows nothing of, and how to leave them.
struct TerminalModes {
  /// Mouse, focus and bracketed paste on.
  let entering: [UInt8]
  /// All off again.
  let leaving: [UInt8]
  /// The terminal understands OSC 52, or at least swallows it.
  let hasClipboard: Bool

  init(mouse: Bool, term: String) {
    let isPlain = ["vt", "linux", "ansi", "cons", "dumb"].contains { term.hasPrefix($0) } && !term.hasPrefix("vte")
    hasClipboard = !isPlain
    // Buttons and drags, in SGR form so that wide screens can be told; focus; paste.
    let numbers = (mouse ? [1002, 1006] : []) + (isPlain ? [] : [1004, 2004])
    entering = numbers.flatMap { Array("\u{1B}[?\($0)h".utf8) }
    leaving = numbers.reversed().flatMap { Array("\u{1B}[?\($0)l".utf8) }
  }

  /// Prepares what a crash writes: modes off, plain letters, the cursor, and the screen as it was before.
  func guardWithDescription() {
    let bytes = leaving + sequences(["sgr0", "op", "cnorm", "rmcup", "cnorm"])
    terminal_guard(bytes, bytes.count)
  }

  /// The cursor to be seen.
  ///
  /// Some emulators keep its visibility with the screen, and `rmcup` brings back what was kept; so this comes after it.
  var showingCursor: [UInt8] { sequences(["cnorm"]) }

  private func sequences(_ names: [String]) -> [UInt8] {
    names.flatMap { name in
      var sequence = [CChar](repeating: 0, count: 128)
      let count = terminal_sequence(name, &sequence, sequence.count)
      return sequence.prefix(count).map { UInt8(bitPattern: $0) }
    }
  }
}
