import NIOCore

/// Words of strangers in our sentences: short, on one line, and without anything that a terminal would act on.
enum Evidence {
  /// The text of bytes; what is not plain text is written as its code.
  static func text(_ bytes: some Sequence<UInt8>, limit: Int = 60) -> String {
    text(String(decoding: Array(bytes.prefix(limit * 4)), as: UTF8.self), limit: limit)
  }

  /// The text, with controls, marks of direction and the like written as their code, and cut where it is too long.
  static func text(_ words: String, limit: Int = 60) -> String {
    var text = ""
    for (count, scalar) in words.unicodeScalars.enumerated() {
      guard count < limit else { return text + "…" }
      if isPlain(scalar) {
        text.unicodeScalars.append(scalar)
      } else {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return text
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: false
    default: true
    }
  }
}
