import Terminal

/// The words of a command that prints a password. It is run without a shell, from a profile as from the command line, so
/// that nothing in it does more than it says; what only a shell would understand is told, and not passed on.
package enum PasswordWords {
  /// Words between blanks; quotes of both kinds hold blanks together, a backslash takes the next character as it is, but
  /// not between single quotes, and `~/` in front of a word is the home folder.
  package static func split(_ command: String) throws(ProfileError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in command {
      switch character {
      case _ where isEscaped:
        word = (word ?? "") + String(character)
        isEscaped = false
      case "\\" where quote != "'": isEscaped = true
      case "'" where quote == nil, "\"" where quote == nil:
        quote = character
        word = word ?? ""
      case _ where character == quote: quote = nil
      case _ where character.isWhitespace && quote == nil:
        if let word { words.append(word) }
        word = nil
      case "$" where quote != "'", "`" where quote != "'": throw shellNeeded(character)
      case _ where quote == nil && "|&;<>()".contains(character): throw shellNeeded(character)
      case "/" where word == "~" && quote == nil: word = (Environment["HOME"] ?? "~") + "/"
      default: word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    guard quote == nil, !isEscaped, words.first?.isEmpty == false else {
      throw .password("The password command “\(command)” is empty, or a quote in it is not closed.")
    }
    return words
  }

  /// The password among what a command has printed, which is its first line.
  package static func firstLine(_ output: some Sequence<UInt8>) -> [UInt8] {
    Array(output.prefix { $0 != .newline && $0 != .carriageReturn })
  }

  private static func shellNeeded(_ character: Character) -> ProfileError {
    .password(
      "The password command has a “\(character)”, which only a shell understands, and it is run without one: put it"
        + " between single quotes, or write sh -c '…'.")
  }
}
