import MQTT

extension Properties {
  /// What the broker says about an answer of its own, as sentences behind another one: ` It says: “…”.`, or nothing.
  public var explanation: String {
    var text = reasonString.map { " It says: “\(Self.clipped($0))”." } ?? ""
    let pairs = userProperties.prefix(Self.shownPairs).map { Self.clipped("\($0.name)=\($0.value)") }
    let more = userProperties.count > pairs.count ? ", and \(userProperties.count - pairs.count) more" : ""
    if !pairs.isEmpty { text += " It adds: \(pairs.joined(separator: ", "))\(more)." }
    return text
  }

  private static let shownPairs = 4

  /// One such string may have 65,535 bytes.
  private static func clipped(_ text: String) -> String { text.utf8.count > 200 ? "\(text.prefix(200))…" : text }
}
