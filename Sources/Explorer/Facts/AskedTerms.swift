import MQTT
import MQTTClient

/// What we ask of a broker in CONNECT, apart from secrets.
struct AskedTerms: Equatable, Sendable {
  var endpoint: Endpoint
  var username: String?
  var cleanStart = true
  var keepAlive: UInt16 = 60
  var willTopic: String?
  var maximumPacketSize = 268_435_460
  var properties: Properties = []
}

extension AskedTerms {
  init(_ configuration: Configuration) {
    self.init(
      endpoint: configuration.endpoint, username: configuration.username ?? configuration.authentication?.username,
      cleanStart: configuration.cleanStart,
      keepAlive: configuration.keepAlive, willTopic: configuration.will?.topic,
      maximumPacketSize: configuration.maximumPacketSize, properties: configuration.properties)
  }
}
