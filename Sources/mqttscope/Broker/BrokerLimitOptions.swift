import ArgumentParser
import Explorer
import MQTT
import MQTTBroker

/// The options to have a broker that offers less, to see what a client makes of it.
struct BrokerLimitOptions: ParsableArguments {
  @Option(help: "The highest QoS that clients may publish with.")
  var maxQos: QoS?

  @Flag(help: "Keep no retained messages.")
  var noRetain = false

  @Flag(help: "Refuse filters with wildcards.")
  var noWildcards = false

  @Flag(help: "Refuse the filter # alone, as many operators do.")
  var refuseAll = false

  @Flag(help: "Refuse shared subscriptions.")
  var noShared = false

  @Flag(help: "Refuse subscription identifiers.")
  var noSubscriptionIds = false

  @Option(
    help: ArgumentHelp(
      "Deliveries of QoS 2 that a client of 5.0 may have under way; 3.1.1 cannot be told.", valueName: "number"))
  var receiveMaximum: UInt16?

  @Option(help: ArgumentHelp("Connections at a time; what comes beyond is closed.", valueName: "number"))
  var maxConnections: Int?

  @Option(help: ArgumentHelp("The largest packet that is accepted, such as 1MB.", valueName: "size"))
  var maxPacketSize: ByteSize?

  @Option(
    help: ArgumentHelp(
      "The largest payload that is passed on, such as 1MB; larger ones are refused, and their client stays connected.",
      valueName: "size"))
  var maxPayload: ByteSize?

  @Option(help: ArgumentHelp("The highest topic alias that clients may use.", valueName: "number"))
  var topicAliasMaximum: UInt16?

  @Option(help: ArgumentHelp("The longest keep alive of clients of 5.0; 3.1.1 cannot be told.", valueName: "seconds"))
  var maxKeepAlive: UInt16?

  @Option(help: ArgumentHelp("The longest that a session is kept without its client.", valueName: "seconds"))
  var maxSessionExpiry: UInt32?

  @Option(help: ArgumentHelp("What may wait for one client, such as 32MB.", valueName: "size"))
  var queue: ByteSize?

  @Option(help: ArgumentHelp("How often $SYS is published; 0 is never.", valueName: "seconds"))
  var sysInterval: UInt16?

  func limits() throws(Failure) -> BrokerLimits {
    var limits = BrokerLimits()
    if let maxQos { limits.maximumQoS = maxQos }
    limits.retainAvailable = !noRetain
    limits.wildcardsAvailable = !noWildcards
    limits.refusesEverything = refuseAll
    limits.sharedAvailable = !noShared
    limits.identifiersAvailable = !noSubscriptionIds
    if let receiveMaximum {
      guard receiveMaximum > 0 else { throw .usage("--receive-maximum is at least 1.") }
      limits.receiveMaximum = receiveMaximum
    }
    if let maxConnections {
      guard maxConnections > 0 else { throw .usage("--max-connections is at least 1.") }
      limits.connections = maxConnections
    }
    if let maxPacketSize {
      guard (1...BrokerLimits.largestPacket).contains(maxPacketSize.bytes) else {
        throw .usage("--max-packet-size is at least 1 and at most \(BrokerLimits.largestPacket) bytes.")
      }
      limits.maximumPacketSize = maxPacketSize.bytes
    }
    limits.maximumPayload = maxPayload?.bytes
    if let topicAliasMaximum { limits.topicAliasMaximum = topicAliasMaximum }
    limits.keepAlive = maxKeepAlive
    limits.sessionExpiry = maxSessionExpiry
    if let queue {
      guard queue.bytes > 0 else { throw .usage("--queue is at least 1.") }
      limits.queuedBytes = queue.bytes
    }
    if let sysInterval { limits.systemInterval = Int64(sysInterval) }
    return limits
  }
}
