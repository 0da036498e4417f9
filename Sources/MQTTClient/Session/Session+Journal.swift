import MQTT
import NIOCore

extension Session {
  /// Whether the session is kept in a journal; one that ends with its connection has nothing to keep.
  var isRecording: Bool { configuration.journal != nil && !configuration.cleanStart }

  /// An entry for the journal, if there is one.
  func record(_ entry: @autoclosure () -> JournalEntry) -> [Output] { isRecording ? [.record(entry())] : [] }

  /// Takes up the session of an earlier run; what was found, or nil if there was nothing to find.
  mutating func restore(_ entries: [JournalEntry]) -> RestoredSession? {
    for entry in entries { restore(entry) }
    guard isHeld else { return nil }
    for subscription in standing where !wanted.contains(where: { $0.isOfSameFilter(as: subscription) }) {
      wanted.append(subscription)
    }
    let found = RestoredSession(
      outgoing: inFlight.count, incoming: inbound.count, subscriptions: standing.map(\.subscription),
      lastRequest: lastRequest, taken: taken)
    return found == RestoredSession() ? nil : found
  }

  /// What a journal has to say to be the session as it is now.
  var journalEntries: [JournalEntry] {
    guard isHeld else { return [] }
    let deliveries = inFlight.sorted { $0.value.order < $1.value.order }.flatMap { id, entry -> [JournalEntry] in
      let sent = JournalEntry.sent(entry.request.ofEarlierRun, entry.packet)
      return entry.delivery == .awaitingPubcomp ? [sent, .released(id)] : [sent]
    }
    let received = inbound.identifiers.filter { !untaken.contains($0) }
    return [.began(version, clientID: clientID, lastRequest: lastRequest)] + deliveries
      + received.map(JournalEntry.received) + (taken > 0 ? [.taken(taken)] : [])
      + standing.map { .subscribed($0.subscription, $0.properties) }
  }

  private mutating func restore(_ entry: JournalEntry) {
    switch entry {
    case .began(_, let clientID, let last):
      forgetSession()
      // A name of a file stands for one identifier, but for a cut one there may be two
      isHeld = configuration.clientID.isEmpty || clientID == configuration.clientID
      if isHeld { lastRequest = last }
      if configuration.clientID.isEmpty, !clientID.isEmpty { assignedClientID = clientID }
    case .ended: forgetSession()
    case .sent(let request, let packet): restore(request, packet)
    case .released(let id): release(id)
    case .finished(let id):
      inFlight[id] = nil
      identifiers.free(id)
    case .received(let id):
      guard isHeld else { return }
      _ = inbound.receive(id)
      taken += 1
    case .taken(let count): if isHeld { taken = count }
    case .handedOver(let id): _ = inbound.release(id)
    case .subscribed(let subscription, let properties):
      if isHeld { stand(Wanted(subscription: subscription, properties: properties)) }
    case .unsubscribed(let filter): fall(filter)
    }
  }

  /// A request was sent as a delivery: the last one, unless it is made again after a later one.
  mutating func noteRequest(_ request: RequestID) {
    lastRequest.rawValue = max(lastRequest.rawValue, request.rawValue)
  }

  private mutating func restore(_ request: RequestID, _ packet: Publish) {
    guard isHeld, let delivery = OutboundDelivery(packet.qos), identifiers.take(packet.packetID) else { return }
    if !request.isOfEarlierRun { noteRequest(request) }
    inFlight[packet.packetID] = InFlight(
      request: request.ofEarlierRun, packet: packet, delivery: delivery, takesQuota: false, order: deliveries)
    deliveries += 1
  }

  /// PUBREC came for a delivery: the message belongs to the broker [MQTT-4.3.3-6].
  mutating func release(_ id: UInt16) {
    inFlight[id]?.delivery = .awaitingPubcomp
    inFlight[id]?.packet.payload = ByteBuffer()
  }

  /// There is no session any more.
  mutating func forgetSession() {
    isHeld = false
    assignedClientID = nil
    inFlight.removeAll()
    held.removeAll()
    inbound.removeAll()
    untaken.startSession()
    standing.removeAll()
    identifiers = PacketIdentifiers()
  }
}
