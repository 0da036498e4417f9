import ArgumentParser
import Explorer
import MQTT
import MQTTBroker

/// The options to have a broker that offers less, to see what a client makes of it.
struct BrokerLimitOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The highest QoS that clients may publish with.")
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
    parsing: .unconditional,
    help: ArgumentHelp(
      "Deliveries of QoS 2 that a client of 5.0 may have under way; 3.1.1 cannot be told.", valueName: "number"),
    transform: WholeNumber.of(1...UInt16.max))
  var receiveMaximum: UInt16?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Connections at a time; what comes beyond is closed.", valueName: "number"),
    transform: WholeNumber.of(1...Int(Int32.max)))
  var maxConnections: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The largest packet that is accepted, such as 1MB.", valueName: "size"),
    transform: ByteSize.read)
  var maxPacketSize: ByteSize?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The largest payload that is passed on, such as 1MB. A larger message is dropped and its client stays connected; it \
      hears of that in MQTT 5.0 at QoS 1 and 2.
      """,
      valueName: "size"),
    transform: ByteSize.read)
  var maxPayload: ByteSize?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The highest topic alias that clients may use.", valueName: "number"),
    transform: WholeNumber.of(0...UInt16.max))
  var topicAliasMaximum: UInt16?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The longest keep alive of clients of 5.0; 3.1.1 cannot be told.", valueName: "seconds"),
    transform: WholeNumber.of(0...UInt16.max))
  var maxKeepAlive: UInt16?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The longest that a session is kept without its client.", valueName: "seconds"),
    transform: WholeNumber.of(0...UInt32.max))
  var maxSessionExpiry: UInt32?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What may wait for one client, such as 32MB.", valueName: "size"),
    transform: ByteSize.read)
  var queue: ByteSize?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How often $SYS is published; 0 is never.", valueName: "seconds"),
    transform: WholeNumber.of(0...UInt16.max))
  var sysInterval: UInt16?

  func limits() throws(Failure) -> BrokerLimits {
    var limits = BrokerLimits()
    if let maxQos { limits.maximumQoS = maxQos }
    limits.retainAvailable = !noRetain
    limits.wildcardsAvailable = !noWildcards
    limits.refusesEverything = refuseAll
    limits.sharedAvailable = !noShared
    limits.identifiersAvailable = !noSubscriptionIds
    if let receiveMaximum { limits.receiveMaximum = receiveMaximum }
    if let maxConnections { limits.connections = maxConnections }
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
