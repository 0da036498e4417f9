import MQTT
import MQTTClient
import NIOCore

/// Publishes payloads at the broker's pace and sees each through to its outcome.
final class Publisher {
  private let template: Message
  private let conversation: Conversation
  private var tally = PublishTally()
  /// When the broker answered last, or was asked after that.
  private var silentSince = ContinuousClock.now
  private var isSilenceTold = false
  private var isInputOver = false
  /// The connection has ended, when nothing was left to be done.
  private var hasEnded = false
  private var isResumed = false
  /// The request before that of the first line.
  private var base: UInt64 = 0
  /// The lines of earlier runs whose delivery ended with the session that the broker forgot.
  private var lostLines: Set<UInt64> = []

  /// A silence of the broker that is worth a word.
  private static let patience = Duration.seconds(5)

  init(_ template: Message, on conversation: Conversation) {
    self.template = template
    self.conversation = conversation
  }

  /// An empty payload that nobody asked for by `--message ''` must not delete anything.
  static func unmeantDeletion(_ place: String, _ topic: String) -> String {
    "\(place) is empty, and with --retain that would delete the retained message of \(topic):"
      + " say --message '' if that is what you want."
  }

  func publish(_ payload: [UInt8]) throws(Failure) {
    try connect()
    start(payload[...], as: 0)  // it is none of the lines, which a run that resumes them counts from 1
    try finish()
  }

  /// Publishes every line of standard input; reads no further while the window is full.
  ///
  /// - Parameters:
  ///   - isResumed: whether the lines that earlier runs have sent are the first of this input.
  ///   - file: where the input is remembered, for runs that resume this one.
  func publishLines(isResumed: Bool, rememberedIn file: String?) throws(Failure) {
    try connect()
    let last = conversation.restored.lastRequest
    tally.continueNumbers(after: last)
    var memory = InputMemory(template.topic, after: last, in: file)
    if isResumed {
      self.isResumed = true
      memory = try orFinish { () throws(Failure) in
        try InputMemory(resuming: template.topic, after: last, in: file)
      }
      base = memory.base
      try conversation.handlePending(note)
      if memory.sent > 0 { say(PublishTally.resumption(of: memory.sent, lost: lostLines.count)) }
    }
    var number: UInt64 = 0
    var reader = LineReader()
    while !reader.isFinished {
      while !tally.isFull, let line = reader.next() {
        number += 1
        if number <= InputRecord.longest {
          let isWhole = !reader.isFinished
          try orFinish { () throws(Failure) in try memory.take(line, number: number, isWhole: isWhole) }
        }
        guard number > memory.sent else {
          if lostLines.contains(number) { start(line, as: RequestID(rawValue: base + number)) }
          continue
        }
        guard !line.isEmpty || !template.isRetained else {
          try finish()
          throw .failed(Self.unmeantDeletion("A line", template.topic))
        }
        start(line)
      }
      guard !reader.isFinished else { break }
      guard try wait(forInput: !tally.isFull) else { continue }
      try reader.read()
    }
    try finish()
  }

  /// What fails here leaves what is under way from earlier runs to be finished first.
  private func orFinish<Value>(_ action: () throws(Failure) -> Value) throws(Failure) -> Value {
    do {
      return try action()
    } catch {
      try finish()
      throw error
    }
  }

  private func connect() throws(Failure) {
    _ = try conversation.connect()
    tally.expect(conversation.restored.outgoing)
  }

  private func start(_ payload: ArraySlice<UInt8>, as request: RequestID? = nil) {
    if tally.isIdle { silentSince = .now }
    var message = template
    message.payload = ByteBuffer(bytes: payload)
    conversation.perform(.publish(tally.start(size: payload.count, as: request), message))
  }

  private func finish() throws(Failure) {
    isInputOver = true
    while !tally.isIdle { _ = try wait() }
    if !hasEnded, let end = conversation.end(), end.reason != .requested, template.qos == .atMostOnce {
      throw Self.cutOff(end)
    }
    if let failure = tally.outcome { throw failure }
  }

  /// Waits for what happens next, and says once of each silence that it is one.
  private func wait(forInput: Bool = false) throws(Failure) -> Bool {
    let ended = tally.ended
    let time = isSilenceTold || tally.isIdle ? nil : silentSince + Self.patience
    let hasInput = try conversation.wait(forInput: forInput, until: time, note)
    if tally.ended != ended {
      silentSince = .now
      isSilenceTold = false
    } else if let time, time <= .now {
      say(tally.silence)
      isSilenceTold = true
    }
    return hasInput
  }

  private func note(_ event: Event) throws(Failure) {
    switch event {
    case .delivery(let id, .failed(.sessionLost), _)
    where isResumed && id.isOfEarlierRun && id.ofThisRun.rawValue > base:
      tally.giveUp(id)
      lostLines.insert(id.ofThisRun.rawValue - base)
    case .delivery(let id, let step, _): tally.note(step, of: id, at: template.qos)
    case .journal(let news): say(news.description)
    // An acknowledged message stays so, however soon the broker closes behind it
    case .disconnected where isInputOver && tally.isIdle && template.qos > .atMostOnce: hasEnded = true
    // Without acknowledgements nobody knows, and it is the same whether we had come to our goodbye
    case .disconnected(let end) where isInputOver && tally.isIdle: throw Self.cutOff(end)
    case .disconnected(let end):
      guard case .failed = Failure(end) else { throw Failure(end) }
      throw .failed("\(Self.sentence(end)) \(tally.progress(at: template.qos))")
    default: return
    }
  }

  private static func cutOff(_ end: Disconnection) -> Failure {
    .failed("\(sentence(end)) Not all that was sent has left.")
  }

  /// The end of a connection in the words of one who publishes: nothing was subscribed to.
  private static func sentence(_ end: Disconnection) -> String {
    guard end.reason == .closed(wasAccepted: true) else { return end.description }
    return "The broker closed the connection without a word. If this repeats, it may not allow what we publish, or "
      + "another client may use our client identifier."
  }
}
