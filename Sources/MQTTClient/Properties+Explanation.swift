import MQTT

extension Properties {
  /// What the broker says about an answer of its own, as sentences behind another one: ` It says: “…”.`, or nothing.
  public var explanation: String {
    var text = reasonString.map { " It says: “\($0)”." } ?? ""
    let pairs = userProperties.map { "\($0.name)=\($0.value)" }
    if !pairs.isEmpty { text += " It adds: \(pairs.joined(separator: ", "))." }
    return text
  }
}
