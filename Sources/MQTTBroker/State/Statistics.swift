/// What a broker has counted since its start.
struct Statistics: Equatable, Sendable {
  var connectionsMade = 0
  var packetsReceived = 0
  var packetsSent = 0
  var publishesReceived = 0
  var publishesSent = 0
  /// Messages, or copies of them, that were not taken in or not delivered: by a bound, by a rule, too large or too old.
  var publishesDropped = 0
  var publishBytesReceived = 0
  var publishBytesSent = 0
  var bytesReceived = 0
  var bytesSent = 0
  var mostClients = 0
  /// Sessions that ended because their time was over.
  var sessionsExpired = 0
}
