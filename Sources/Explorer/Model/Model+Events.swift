import MQTT
import MQTTClient
import NIOCore
import TopicStore

/// What the client tells.
extension Model {
  package mutating func receive(_ event: Event) {
    if let note = event.note { packets.note(note, wall: now.wall) }
    switch event {
    case .messages(let batch): append(batch)
    case .connecting(let attempt, _, let endpoint): connection.connecting(attempt: attempt, to: endpoint)
    case .fellBack(let from, let to, let why):
      connection.fellBackBecause = connection.asked.map { Disconnection(why, endpoint: $0.endpoint).description }
      if case .closed = why {
        // Not to be told from a port that expects something else, TLS for example
        say(.warning, "Closed without an answer; MQTT \(to) is tried, in case \(from) was not understood.")
      } else {
        say(.warning, "The broker would not speak MQTT \(from); MQTT \(to) is tried instead.")
      }
    case .connected(let facts):
      if notice?.kind == .failure { notice = nil }
      if let why = connection.lostBecause { say(.warning, "Connected again. Why it was lost: \(why)") }
      connection.connected(facts, at: now)
      form.publish.terms = connection.terms
    case .subscribed(let request, let grants, let words): granted(grants, for: request, words)
    case .unsubscribed(let request, let removals, let words): removed(removals, for: request, words)
    case .pong(let roundTrip): connection.lastPong = roundTrip
    case .traced(let batch): packets.append(batch)
    case .authentication: break
    case .journal(.restored(let found)):
      // What the broker has is not asked for again, so no answer comes that would say so
      connection.granted(found.subscriptions.map { Grant($0, ReasonCode(rawValue: $0.qos.rawValue)) })
      if !found.isEmpty { say(.information, JournalEvent.restored(found).description) }
    case .journal(.failed(let error)): say(.failure, error.description)
    case .delivery(let request, let step, let time):
      form.publish.update(request, step, at: time)
      if case .failed(let error) = step { failed(request, error) }
    case .disconnected(let end):
      connection.lastBytes = evidence(of: end)
      connection.disconnected(end, at: now.monotonic)
      if end.reason != .requested { explain("\(end) \(connection.offer?.sentence ?? "i says more.")") }
    }
  }

  private mutating func granted(_ grants: [Grant], for request: RequestID?, _ words: Properties) {
    let asked = request.flatMap { subscriptionsView.answered($0) }
    connection.granted(grants, asked: asked, said: words.reasonString)
    if let asked { light(asked.filter) }
    for grant in grants {
      let filter = grant.subscription.filter
      guard grant.reasonCode.isError else {
        if request != nil { say(.success, "\(filter): \(grant.reasonCode.words(in: .suback)).") }
        continue
      }
      // Not every broker shows its $SYS tree to everyone, and nobody asked for it by name.
      guard filter != "$SYS/#" || request != nil else { continue }
      let sentence = SubscriptionAdvice.sentence(
        refused: filter, grant.reasonCode, reason: words.reasonString, firstLevel: firstLevel)
      let isAll = connection.refused.count == connection.subscriptions.count
      if isAll { explain(sentence) } else { say(.failure, sentence) }
    }
  }

  /// Says what is wrong with the connection, unless the empty tree says it already where everyone looks.
  private mutating func explain(_ sentence: String) {
    guard store.statistics.topics > 0 || layout.panes[.topics] == nil || layer != .none else { return }
    say(.failure, sentence)
  }

  private mutating func append(_ batch: MessageBatch) {
    // Retain As Published is an option of the subscriptions in 5.0, and there is none in 3.1.1.
    let tellsRetain = batch.version == .v5 && connection.tellsRetain
    let bytes = batch.buffer.readableBytesSpan
    for view in batch.views {
      store.append(
        topic: bytes.extracting(view.topic), payload: bytes.extracting(view.payload),
        properties: bytes.extracting(view.properties),
        flags: MessageFlags(firstByte: view.flags, retainAsPublished: tellsRetain), at: batch.receivedAt)
    }
  }
}
