import MQTT
import MQTTClient

/// Writes what a broker sends until enough has come, nobody reads any more, or a signal says so.
final class Subscriber {
  private let writer: MessageWriter
  private let file: LineFile?
  private let conversation: Conversation
  private let isKept: Bool
  private var remaining: Int
  private var output: [UInt8] = []
  /// How many messages in `output` are to be acknowledged when it is written.
  private var unacknowledged = 0
  /// The last message of QoS 2 of a kept session.
  private var number: UInt64 = 0
  /// The last one that an earlier run wrote and did not acknowledge.
  private var lastWritten: UInt64 = 0
  private let filters: Int
  /// How many subscriptions of this connection the broker has not answered.
  private var unanswered = 0
  /// When their silence is worth a word, if it has not been told.
  private var patience: ContinuousClock.Instant?

  /// A silence of the broker that is worth a word.
  private static let longSilence = Duration.seconds(5)

  /// - Parameters:
  ///   - filters: how many subscriptions are asked for.
  ///   - file: where they are written, if not to standard output.
  ///   - isKept: whether the session outlives the program, so that a message is acknowledged once it is written.
  init(
    _ writer: MessageWriter, of filters: Int, to file: LineFile?, on conversation: Conversation, isKept: Bool,
    limit: Int?
  ) {
    self.writer = writer
    self.filters = filters
    self.file = file
    self.conversation = conversation
    self.isKept = isKept
    remaining = limit ?? .max
  }

  func run() throws(Failure) {
    expectAnswers(on: try conversation.connect())
    number = conversation.restored.taken
    lastWritten = unacknowledgedInFile
    do {
      while remaining > 0 {
        _ = try conversation.wait(until: patience, handle)
        tellSilence()
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
    case .subscribed(_, let grants, let properties):
      unanswered -= grants.count
      if unanswered <= 0 { patience = nil }
      try check(grants, properties)
    case .journal(let news): say(news.description)
    case .connected(let connection):
      expectAnswers(on: connection)
      say(
        connection.sessionPresent
          ? "connected again; the broker kept the session"
          : "connected again; what was published in between is lost unless it was retained")
    case .disconnected(let end):
      patience = nil
      guard let wait = end.retryIn else { throw Failure(end) }
      say("\(end.description) Next attempt in \(Duration.nanoseconds(wait).formattedInSeconds).")
    default: return
    }
  }

  /// A session that the broker has kept holds the subscriptions, so there may be nothing to answer.
  private func expectAnswers(on connection: Connection) {
    unanswered = filters
    patience = connection.sessionPresent ? nil : .now + Self.longSilence
  }

  private func tellSilence() {
    guard let time = patience, time <= .now else { return }
    let what = unanswered == 1 ? "the subscription" : "\(unanswered) subscriptions"
    say("waiting for the broker to answer \(what); until then it may send nothing; Ctrl+C gives up")
    patience = nil
  }

  private func write(_ batch: MessageBatch) throws(Failure) {
    for view in batch.views.prefix(remaining) {
      let number = number(of: view)
      if let number, number <= lastWritten { continue }
      try writer.write(view, of: batch, number: number, to: &output)
      if output.count >= 1 << 18 { try flush() }
    }
    remaining -= min(remaining, batch.views.count)
  }

  /// The last number in the file, if the run that wrote it was killed before it acknowledged it; 0 where the session is
  /// another one, of which no more can be unacknowledged than a broker may send at once.
  private var unacknowledgedInFile: UInt64 {
    guard let last = file?.lastNumber, last > number, conversation.restored != RestoredSession() else { return 0 }
    return last - number <= UInt64(UInt16.max) ? last : 0
  }

  /// Counts a message that is to be acknowledged; its number if it has one.
  private func number(of view: PublishView) -> UInt64? {
    guard isKept, view.qos > .atMostOnce else { return nil }
    unacknowledged += 1
    guard view.qos == .exactlyOnce else { return nil }
    number += 1
    return number
  }

  private func flush() throws(Failure) {
    if !output.isEmpty { try (file?.output ?? .standard).write(output) }
    output.removeAll(keepingCapacity: true)
    if unacknowledged > 0 { conversation.perform(.taken(unacknowledged)) }
    unacknowledged = 0
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
