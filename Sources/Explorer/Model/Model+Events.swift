import MQTT
import MQTTClient
import NIOCore
import TopicStore

/// What the client tells.
extension Model {
  package mutating func receive(_ event: Event) {
    switch event {
    case .messages(let batch): append(batch)
    case .connecting(let attempt, _, _): connection.phase = .connecting(attempt: attempt)
    case .fellBack(let from, let to, .closed):
      // Not to be told from a port that expects something else, TLS for example
      say(.warning, "Closed without an answer; MQTT \(to) is tried, in case \(from) was not understood.")
    case .fellBack(let from, let to, _):
      say(.warning, "The broker would not speak MQTT \(from); MQTT \(to) is tried instead.")
    case .connected(let facts):
      if notice?.kind == .failure { notice = nil }
      if let why = connection.lostBecause { say(.warning, "Connected again. Why it was lost: \(why)") }
      connection.connected(facts)
      form.publish.terms = connection.terms
    case .subscribed(_, let grants, _): granted(grants)
    case .unsubscribed, .pong, .authentication: break
    case .journal(.restored(let found)):
      // What the broker has is not asked for again, so no answer comes that would say so
      connection.granted(found.subscriptions.map { Grant($0, ReasonCode(rawValue: $0.qos.rawValue)) })
      say(.information, JournalEvent.restored(found).description)
    case .journal(.failed(let error)): say(.failure, error.description)
    case .delivery(let request, let step, let time): form.publish.update(request, step, at: time)
    case .disconnected(let end):
      connection.disconnected(end, at: now.monotonic)
      let offer = connection.offeredClientID.map { " r goes on as “\($0)”." } ?? ""
      if end.reason != .requested { explain(end.description + offer) }
    }
  }

  private mutating func granted(_ grants: [Grant]) {
    connection.granted(grants)
    for refused in connection.refused where grants.contains(where: { $0.subscription.filter == refused.filter }) {
      // Not every broker shows its $SYS tree to everyone, and nobody asked for it by name.
      guard refused.filter != "$SYS/#" else { continue }
      let sentence = "The broker refused \(refused.filter): \(refused.reason). Try a narrower filter with -t."
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
    // Retain As Published is part of every subscription that we make in 5.0, and there is none in 3.1.1.
    let tellsRetain = batch.version == .v5
    let bytes = batch.buffer.readableBytesSpan
    for view in batch.views {
      store.append(
        topic: bytes.extracting(view.topic), payload: bytes.extracting(view.payload),
        properties: bytes.extracting(view.properties),
        flags: MessageFlags(firstByte: view.flags, retainAsPublished: tellsRetain), at: batch.receivedAt)
    }
  }
}
