import MQTT

/// A property of a packet in words.
struct PropertyText {
  let name: String
  let value: String

  init(_ property: Property) {
    switch property {
    case .payloadFormatIndicator(let format):
      self.init("payload format", format == .utf8 ? "UTF-8 text" : "not said")
    case .messageExpiryInterval(let seconds):
      self.init("expires in", "\(Format.count(seconds)) s after it was sent on")
    case .contentType(let type): self.init("content type", type)
    case .responseTopic(let topic): self.init("response topic", topic)
    case .correlationData(let data): self.init("correlation data", Format.hexadecimal(data, bytesPerLine: .max))
    case .subscriptionIdentifier(let identifier): self.init("subscription identifier", "\(identifier)")
    case .topicAlias(let alias): self.init("topic alias", "\(alias)")
    case .userProperty(let pair): self.init(pair.name, pair.value)
    default: self.init("other property", "\(property)")
    }
  }

  private init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
