/// What a client identifier or a user name may be.
///
/// Source: MQTT 5.0, 1.5.4: 65,535 bytes at most, and no control characters, for which a receiver may close.
package enum ConnectText {
  private static let limit = 65_535

  /// What is wrong with a text, to stand behind its name; nil if nothing is.
  package static func problem(_ text: String) -> String? {
    if text.utf8.count > limit { return "is longer than the \(limit) bytes that MQTT has for it." }
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return "has a control character in it, as a slip of the keyboard or of a paste leaves one: brokers may refuse it."
    }
    return nil
  }
}
