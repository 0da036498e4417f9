/// How the payload of the publish form is written.
public enum InputFormat: UInt8, CaseIterable, Sendable {
  /// Sent as it is, in UTF-8.
  case text
  /// Checked, then sent as it is.
  case json
  /// Pairs of hexadecimal digits; white space, commas and `0x` are allowed between them.
  case hex
  /// Standard or URL-safe alphabet, padded or not; white space is allowed.
  case base64

  /// The bytes to publish.
  public func encode(_ text: String) throws(InputError) -> [UInt8] {
    let bytes = Array(text.utf8)
    switch self {
    case .text: return bytes
    case .json:
      if let problem = JSONText.check(bytes) { throw .json(problem) }
      return bytes
    case .hex: return try HexInput.decode(bytes)
    case .base64: return try Base64Input.decode(bytes)
    }
  }
}
