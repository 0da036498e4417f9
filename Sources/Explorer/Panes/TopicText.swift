import Terminal

/// Names of topics as people compare them, so that two that differ look different: spaces at the ends of a level are `␠`,
/// and by number stand those that are no common space, and a mark that would sit on the slash before it. What else cannot
/// be seen is the sanitiser's.
enum TopicText {
  /// A topic with all its levels.
  static func path(_ topic: String) -> String {
    guard needsCare(topic.utf8) else { return topic }
    let levels = topic.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
    return levels.map { level(String($0)) }.joined(separator: "/")
  }

  /// One level of a topic.
  static func level(_ name: String) -> String {
    guard needsCare(name.utf8) else { return name }
    let scalars = name.unicodeScalars
    let start = scalars.firstIndex { $0 != " " } ?? scalars.startIndex
    let end = scalars.lastIndex { $0 != " " } ?? scalars.startIndex
    var shown = ""
    for index in scalars.indices {
      let scalar = scalars[index]
      if scalar == " " {
        shown.append(index < start || index > end ? "␠" : " ")
      } else if isHidden(scalar, isFirst: index == scalars.startIndex) {
        shown += Sanitiser.name(of: scalar)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  private static func isHidden(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
    switch scalar.properties.generalCategory {
    case .spaceSeparator: true
    case .nonspacingMark, .enclosingMark, .spacingMark: isFirst
    default: false
    }
  }

  /// Nearly no topic does, which is found out without a look at its scalars.
  private static func needsCare(_ bytes: String.UTF8View) -> Bool {
    let (space, slash) = (UInt8(ascii: " "), UInt8(ascii: "/"))
    var last = slash
    for byte in bytes {
      if byte >= 0x80 || byte == space && last == slash || byte == slash && last == space { return true }
      last = byte
    }
    return last == space
  }
}
