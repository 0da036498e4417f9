/// A payload on one line, for the tree's value column: JSON without spacing, text with its line ends as `⏎`, binary as size and hex.
/// - Parameters:
///   - prefix: The payload's first bytes, or all of them.
///   - size: The size of the whole payload in bytes.
///   - limit: How many Unicode scalars to give at most; what was cut ends with `…`.
public func oneLine(_ prefix: [UInt8], size: Int, limit: Int) -> Line {
  Line([Line.Span(String(String(decoding: prefix, as: UTF8.self).prefix(limit)), .text)])
}
