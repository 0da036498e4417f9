/// Why bytes are not a token of JSON (RFC 8259).
enum JSONFault: Sendable {
  case byteOrderMark, character, singleQuote, comment, word
  case leadingZero, plusSign, digitExpected
  case unclosedString, control, escape, unicodeEscape, encoding

  var sentence: String {
    switch self {
    case .byteOrderMark: "JSON may not start with a byte order mark; remove the first three bytes."
    case .character: "No JSON value starts with this character."
    case .singleQuote: "JSON strings stand in double quotes, not single ones."
    case .comment: "JSON has no comments."
    case .word: "This word is not a JSON value; only true, false and null stand without quotes, in lower case."
    case .leadingZero: "A JSON number may not have a leading zero."
    case .plusSign: "A JSON number may not start with a plus sign."
    case .digitExpected: "A digit was expected in this number."
    case .unclosedString: "This string is not closed by a double quote."
    case .control: "A line end, tab or other control character in a string must be written as an escape, such as \\n."
    case .escape: "This escape does not exist; JSON knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX."
    case .unicodeEscape: "\\u must be followed by four hexadecimal digits."
    case .encoding: "This byte is not UTF-8, and JSON must be."
    }
  }
}
