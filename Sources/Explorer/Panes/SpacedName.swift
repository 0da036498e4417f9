import Terminal

/// A name with the spaces visible that an eye would miss: those at its ends as `␠`, and those that are no common space by
/// number. What else cannot be seen is the sanitiser's.
enum SpacedName {
  static func shown(_ name: String) -> String {
    guard needsCare(name) else { return name }
    let scalars = name.unicodeScalars
    let start = scalars.firstIndex { $0 != " " } ?? scalars.startIndex
    let end = scalars.lastIndex { $0 != " " } ?? scalars.startIndex
    var shown = ""
    for index in scalars.indices {
      let scalar = scalars[index]
      if scalar == " " {
        shown.append(index < start || index > end ? "␠" : " ")
      } else if scalar.properties.generalCategory == .spaceSeparator {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        shown += "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Nearly no name does, which is found out without a look at its scalars.
  private static func needsCare(_ name: String) -> Bool {
    let space = UInt8(ascii: " ")
    return name.utf8.first == space || name.utf8.last == space || name.utf8.contains { $0 >= 0x80 }
  }
}
