import MQTT

/// What another version of the program left out has its default, so that its past publishes stay readable.
extension PublishDraft {
  enum CodingKeys: CodingKey {
    case topic, payload, input, qos, isRetained, options
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    topic = try values.decode(String.self, forKey: .topic)
    payload = try values.decode(String.self, forKey: .payload)
    input = try values.decodeIfPresent(PayloadInput.self, forKey: .input) ?? .text
    qos = try values.decodeIfPresent(QoS.self, forKey: .qos) ?? .atMostOnce
    isRetained = try values.decodeIfPresent(Bool.self, forKey: .isRetained) ?? false
    options = try values.decodeIfPresent(PublishOptions.self, forKey: .options) ?? PublishOptions()
  }
}

extension PublishOptions {
  enum CodingKeys: CodingKey {
    case contentType, responseTopic, correlation, expiry, isPayloadText, userProperties
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    contentType = try values.decodeIfPresent(String.self, forKey: .contentType) ?? ""
    responseTopic = try values.decodeIfPresent(String.self, forKey: .responseTopic) ?? ""
    correlation = try values.decodeIfPresent(String.self, forKey: .correlation) ?? ""
    expiry = try values.decodeIfPresent(String.self, forKey: .expiry) ?? ""
    isPayloadText = try values.decodeIfPresent(Bool.self, forKey: .isPayloadText) ?? false
    userProperties = try values.decodeIfPresent(String.self, forKey: .userProperties) ?? ""
  }
}
