import Terminal

/// Sentences of our own, wrapped at spaces.
enum Words {
  /// The lines of a text in so many columns; a word that is longer than a line is cut by the frame.
  static func wrapped(_ text: String, columns: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        let longer = line.isEmpty ? String(word) : line + " " + word
        if line.isEmpty || TextWidth.of(longer) <= columns {
          line = longer
        } else {
          lines.append(line)
          line = String(word)
        }
      }
      lines.append(line)
    }
    return lines
  }
}
