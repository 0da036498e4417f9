import MQTT

/// What the present connection allows a publisher to do, from CONNACK; the defaults are those of the standard.
struct PublishTerms: Equatable, Sendable {
  var version = ProtocolVersion.v5
  var maximumQoS = QoS.exactlyOnce
  var isRetainAvailable = true
  /// Bytes of the largest packet that the broker accepts, when it has said so.
  var maximumPacketSize: Int?
}
