import MQTT

/// A message that was sent at QoS 1 or 2 and is not finished.
struct InFlight: Equatable, Sendable {
  let request: RequestID
  /// What is sent if the session is taken up again; without its payload once PUBREC came.
  var packet: Publish
  var delivery: OutboundDelivery
  /// Whether it counts against the broker's receive maximum on this connection; a PUBREL that is sent again does not.
  var takesQuota = true
  /// Its place in the order of all deliveries of the session.
  let order: Int
}
