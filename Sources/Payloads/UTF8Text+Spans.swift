extension UTF8Text {
  /// Text as spans: what is not UTF-8 as `\xNN`, a carriage return before a line feed as a dim mark.
  static func spans(_ bytes: [UInt8], _ start: Int, _ end: Int, into spans: inout [Line.Span]) {
    var end = end
    let endsWithReturn = end > start && bytes[end - 1] == 0x0D && end < bytes.count && bytes[end] == 0x0A
    if endsWithReturn { end -= 1 }
    var index = start
    while index < end {
      let valid = validEnd(bytes.span, from: index, to: end)
      if valid > index { spans.append(Line.Span(String(decoding: bytes[index..<valid], as: UTF8.self), .text)) }
      index = valid
      var escaped = ""
      while index < end, validEnd(bytes.span, from: index, to: min(end, index + 4)) == index {
        escaped += "\\x" + hexDigits(bytes[index])
        index += 1
      }
      if !escaped.isEmpty { spans.append(Line.Span(escaped, .invalid)) }
    }
    if endsWithReturn { spans.append(Line.Span("␍", .dim)) }
  }
}
