import MQTT
import MQTTClient

/// Writes what a broker sends until enough has come, nobody reads any more, or a signal says so.
final class Subscriber {
  private let writer: MessageWriter
  private var remaining: Int
  private var output: [UInt8] = []

  init(_ writer: MessageWriter, limit: Int?) {
    self.writer = writer
    remaining = limit ?? .max
  }

  func run(on conversation: Conversation) throws(Failure) {
    _ = try conversation.connect()
    do {
      while remaining > 0 {
        _ = try conversation.wait(handle)
        try flush()
      }
    } catch {
      if case .interrupted = error { conversation.end() }
      if case .outputClosed = error { conversation.end() }
      throw error
    }
    conversation.end()
  }

  private func handle(_ event: Event) throws(Failure) {
    switch event {
    case .messages(let batch): try write(batch)
    case .subscribed(_, let grants, let properties): try check(grants, properties)
    case .journal(let news): say(news.description)
    case .connected(let connection) where connection.sessionPresent: say("connected again; the broker kept the session")
    case .connected: say("connected again; what was published in between is lost unless it was retained")
    case .disconnected(let end):
      guard let wait = end.retryIn else { throw Failure(end) }
      say("\(end.description) Next attempt in \(Duration.nanoseconds(wait).formattedInSeconds).")
    default: return
    }
  }

  private func write(_ batch: MessageBatch) throws(Failure) {
    for view in batch.views.prefix(remaining) {
      try writer.write(view, of: batch, to: &output)
      if output.count >= 1 << 18 { try flush() }
    }
    remaining -= min(remaining, batch.views.count)
  }

  private func flush() throws(Failure) {
    guard !output.isEmpty else { return }
    try StandardOutput.write(output)
    output.removeAll(keepingCapacity: true)
  }

  private func check(_ grants: [Grant], _ properties: Properties) throws(Failure) {
    let refused = grants.filter(\.reasonCode.isError)
    let reason = properties.explanation
    let sentences = refused.map { grant in
      "The broker refused the subscription to \(grant.subscription.filter): "
        + "\(grant.reasonCode.rawValue) \(grant.reasonCode.words(in: .suback)).\(reason)"
    }
    guard refused.count < grants.count else { throw .refused(sentences.joined(separator: " ")) }
    for sentence in sentences { say(sentence) }
  }
}

extension Duration {
  /// Such as `0.4 s`.
  fileprivate var formattedInSeconds: String {
    let tenths = components.seconds * 10 + components.attoseconds / 100_000_000_000_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
