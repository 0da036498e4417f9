import MQTT
import MQTTClient

/// What has become of the messages handed to the client, and whether it can take more.
struct PublishTally: Equatable {
  /// How many messages, and how many bytes of them, may be under way before no more input is read.
  struct Window: Equatable {
    var messages = 256
    var bytes = 4 << 20
  }

  private(set) var published = 0
  private(set) var failed = 0
  private(set) var firstFailure: Failure?
  private let window: Window
  private var sizes: [RequestID: Int] = [:]
  private var bytesUnderWay = 0
  private var last: RequestID = 0
  /// How many messages of earlier runs are under way.
  private var earlier = 0
  /// How many of the messages under way had not left when the connection ended.
  private var unsent = 0

  init(window: Window = Window()) {
    self.window = window
  }

  var isIdle: Bool { underWay == 0 }
  private var underWay: Int { sizes.count + earlier }
  /// How many messages have their outcome.
  var ended: Int { published + failed }
  var isFull: Bool { sizes.count >= window.messages || bytesUnderWay >= window.bytes }

  /// The number for a message of this size that is handed over now: the next one, or the one that it had before.
  mutating func start(size: Int, as again: RequestID? = nil) -> RequestID {
    if again == nil { last.rawValue += 1 }
    let number = again ?? last
    sizes[number] = size
    bytesUnderWay += size
    return number
  }

  /// A message of an earlier run is not waited for any more, as it is published anew.
  mutating func giveUp(_ id: RequestID) { if id.isOfEarlierRun { earlier -= 1 } }

  /// Numbers messages from the one after this one on.
  mutating func continueNumbers(after request: RequestID) { last = request }

  /// So many messages of earlier runs are taken up, and end like those of this one.
  mutating func expect(_ count: Int) { earlier += count }

  /// Notes a step of a message that was published at this QoS.
  mutating func note(_ step: DeliveryStep, of id: RequestID, at qos: QoS) {
    switch step {
    case .sent where qos == .atMostOnce: finish(id, nil)
    case .acknowledged(let code, let properties), .completed(let code, let properties):
      finish(id, code.isError ? Self.failure(code, properties) : nil)
    case .received(let code, let properties) where code.isError: finish(id, Self.failure(code, properties))
    // The end of the connection, which is told next, says the rest
    case .failed(.connectionLost): return
    case .failed(.notConnected): unsent += 1
    case .failed(let error): finish(id, .failed(error.description))
    default: return
    }
  }

  /// The one sentence at the end, if anything went wrong.
  var outcome: Failure? {
    guard let firstFailure else { return nil }
    if ended == 1 { return firstFailure }
    let count = "\(failed) of \(ended) messages were not accepted. The first: "
    return switch firstFailure {
    case .refused(let sentence): .refused(count + sentence)
    case .failed(let sentence): .failed(count + sentence)
    default: firstFailure
    }
  }

  /// A sentence about how far the work, at this QoS, had come when the connection was lost.
  func progress(at qos: QoS) -> String {
    guard !isIdle || ended > 0 else { return "No message had been sent." }
    if ended == 0, underWay == 1 {
      return unsent == 0 ? "The message may or may not have arrived." : "The message was not sent."
    }
    let parts = [
      (published, qos == .atMostOnce ? "had been sent" : "had been accepted"), (failed, "had not been accepted"),
      (underWay - unsent, "may or may not have arrived"), (unsent, "had not been sent"),
    ]
    return "Of \(ended + underWay) message\(ended + underWay == 1 ? "" : "s"), "
      + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + "."
  }

  /// A sentence about lines that an earlier run has sent, of which some were lost with the session.
  static func resumption(of sent: UInt64, lost: Int) -> String {
    let lines = sent == 1 ? "the first line was" : "the first \(sent) lines were"
    guard lost > 0 else { return "\(lines) sent before and \(sent == 1 ? "is" : "are") passed over" }
    let known = sent > UInt64(lost) ? "; the others are passed over" : ""
    return "\(lines) sent before; the broker forgot the session with \(lost) of them, which "
      + "\(lost == 1 ? "is" : "are") sent again\(known)"
  }

  /// A sentence about what is waited for.
  var silence: String {
    "waiting for the broker to acknowledge \(underWay == 1 ? "the message" : "\(underWay) messages"); Ctrl+C gives up"
  }

  private mutating func finish(_ id: RequestID, _ failure: Failure?) {
    if id.isOfEarlierRun {
      earlier -= 1
    } else {
      guard let size = sizes.removeValue(forKey: id) else { return }
      bytesUnderWay -= size
    }
    guard let failure else {
      published += 1
      return
    }
    failed += 1
    firstFailure = firstFailure ?? failure
  }

  private static func failure(_ code: ReasonCode, _ properties: Properties) -> Failure {
    let sentence = "The broker did not accept the message: \(code.rawValue) \(code).\(properties.explanation)"
    return code.isRefusal ? .refused(sentence) : .failed(sentence)
  }
}
