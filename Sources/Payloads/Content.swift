/// What a payload is and how it is laid out: the outcome of looking at all of its bytes once.
struct Content: Sendable {
  var kind: Kind
  var problem: Problem?
  /// Nil when it is to be shown as a hex dump.
  var lines: Lines?
  var shown: View = .raw
  var summary: String

  init(_ bytes: [UInt8], _ view: View) {
    if bytes.isEmpty {
      self.init(kind: .empty, shown: .raw)
    } else {
      self = Self.json(bytes, view) ?? Self.text(bytes, view)
    }
    if view == .hex {
      shown = .hex
      lines = nil
    }
  }

  private init(kind: Kind, lines: Lines? = nil, shown: View) {
    self.kind = kind
    self.lines = lines
    self.shown = shown
    summary = kind.name
  }

  /// Nil when the payload does not begin like JSON or is not whole and valid; a number stands as it was sent.
  private static func json(_ bytes: [UInt8], _ view: View) -> Content? {
    guard beginsLikeJSON(bytes.span) else { return nil }
    let style: Lines.Style = view == .raw ? .rawJSON : .tree
    let scan = JSONScan(bytes.span, style)
    if let fault = scan.fault { return invalid(bytes, scan, fault) }
    if scan.isNumber, style == .tree {
      let raw = JSONScan(bytes.span, .rawJSON)
      return Content(kind: .number, lines: Lines(.rawJSON, index: raw.index, longRuns: raw.longRuns), shown: .raw)
    }
    return Content(
      kind: scan.isNumber ? .number : .json, lines: Lines(style, index: scan.index, longRuns: scan.longRuns),
      shown: style == .tree ? .tree : .raw)
  }

  /// Nil when the text only happens to begin like JSON.
  private static func invalid(_ bytes: [UInt8], _ scan: JSONScan, _ fault: JSONScan.Fault) -> Content? {
    guard isMeantAsJSON(bytes, scan), !isBinary(bytes.span) else { return nil }
    var content = Content(kind: .text, lines: Lines(text: bytes.span), shown: .raw)
    content.problem = UTF8Text.problem(fault.sentence, in: bytes.span, at: fault.offset)
    content.summary = "Invalid JSON"
    return content
  }

  /// A pair of brackets around it all, or four good tokens after an opening one; `[12:04] started` is a line of a log.
  private static func isMeantAsJSON(_ bytes: [UInt8], _ scan: JSONScan) -> Bool {
    func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 }
    switch (bytes.first(where: isVisible), bytes.last(where: isVisible)) {
    case (UInt8(ascii: "{"), UInt8(ascii: "}")), (UInt8(ascii: "["), UInt8(ascii: "]")): return true
    case (UInt8(ascii: "{"), _), (UInt8(ascii: "["), _): return scan.tokenCount >= 4
    default: return false
    }
  }

  private static func text(_ bytes: [UInt8], _ view: View) -> Content {
    if number(in: bytes) != nil { return Content(kind: .number, lines: Lines(text: bytes.span), shown: .raw) }
    if isBinary(bytes.span) {
      guard view == .raw else { return Content(kind: .binary, shown: .hex) }
      return Content(kind: .binary, lines: Lines(text: bytes.span), shown: .raw)
    }
    var content = Content(kind: .text, lines: Lines(text: bytes.span), shown: .raw)
    let valid = UTF8Text.validEnd(bytes.span, from: 0, to: bytes.count)
    if valid < bytes.count {
      let sentence = "The byte \(hexDigits(bytes[valid])) is not UTF-8; such bytes are shown as \\xNN."
      content.problem = UTF8Text.problem(sentence, in: bytes.span, at: valid)
      content.summary = "Text, not UTF-8"
    }
    return content
  }

  private static func beginsLikeJSON(_ bytes: Span<UInt8>) -> Bool {
    var start = JSONTokenizer()
    start.skipSpace(bytes)
    guard start.offset < bytes.count else { return false }
    switch bytes[start.offset] {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "t"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0xEF:
      return true
    default: return false
    }
  }

  /// Judges by the first 64 KiB: a zero byte that is not the last, more than one control in 16 bytes, or more than one byte in three
  /// that is not UTF-8.
  static func isBinary(_ bytes: Span<UInt8>) -> Bool {
    let count = min(bytes.count, 65_536)
    var strangeness = 0
    var index = 0
    while index < count {
      let length = UTF8Text.sequenceLength(bytes, at: index)
      switch bytes[index] {
      case 0 where index + 1 < bytes.count: return true  // text of C may end with a zero byte
      case 0: break
      case 0x08...0x0D, 0x1B: break  // line ends, tabs, and the escapes of coloured logs
      case 0x01...0x1F, 0x7F: strangeness += 16
      default: if length == 0 { strangeness += 3 }
      }
      index += max(1, length)
    }
    return strangeness > count
  }
}
