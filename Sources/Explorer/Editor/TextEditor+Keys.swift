import Terminal

/// The keys of an editor.
extension TextEditor {
  /// Acts on a key; false when the key means nothing here, such as ↑ on the first line, and is the form's.
  ///
  /// - Parameter page: The lines in view.
  mutating func handle(_ key: Key, page: Int) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let bytes, _): paste(String(decoding: bytes, as: UTF8.self))
    case .enter where !isSingleLine: insert("\n")
    case .backspace: remove(to: previous)
    case .delete: remove(to: next)
    case .control("w"): remove(to: previousWord)
    case .control("k"): remove(to: cursor == lineEnd ? next : lineEnd)
    case .control("u"): return undo()
    case .control("y"): return redo()
    default: return handleMotion(key, page: page)
    }
    return true
  }

  private mutating func handleMotion(_ key: Key, page: Int) -> Bool {
    switch key {
    case .left: move(to: previous)
    case .right: move(to: next)
    case .modified(.left, .control): move(to: previousWord)
    case .modified(.right, .control): move(to: nextWord)
    case .modified(.home, .control): move(to: .start)
    case .modified(.end, .control): move(to: end)
    case .home, .control("a"): move(to: lineStart)
    case .end: move(to: lineEnd)
    case .up where cursor.line > 0: move(lines: -1)
    case .down where cursor.line < lines.count - 1: move(lines: 1)
    case .pageUp where !isSingleLine: move(lines: -max(page - 1, 1))
    case .pageDown where !isSingleLine: move(lines: max(page - 1, 1))
    default: return false
    }
    return true
  }
}
