import MQTT
import MQTTClient
import Terminal

/// The story of one message that was sent: `sent → PUBREC 2 ms → PUBREL → PUBCOMP 5 ms`.
struct PublishOutcome: Equatable, Sendable {
  let request: RequestID
  let topic: String
  let qos: QoS
  private(set) var pieces: [Frame.Piece] = []
  private(set) var state = State.underWay
  private var sentAt: Int64?

  enum State: Equatable, Sendable {
    case underWay
    case done
    case failed
  }

  init(request: RequestID, topic: String, qos: QoS) {
    self.request = request
    self.topic = topic
    self.qos = qos
  }

  /// The whole story as one text.
  var text: String { pieces.map(\.text).joined() }

  /// Adds a step.
  ///
  /// - Parameter now: Nanoseconds of a clock that never goes back.
  mutating func take(_ step: DeliveryStep, at now: Int64) {
    switch step {
    case .queued(let reason): add("waiting: \(reason)", .warning)
    case .sent(_, let isDuplicate): takeSent(again: isDuplicate, at: now)
    case .acknowledged(let code, let words): add(.puback, code, words, at: now, isLast: true)
    // [MQTT-4.3.3-4]: after a PUBREC with a failure the exchange is over.
    case .received(let code, let words): add(.pubrec, code, words, at: now, isLast: code.isError)
    case .released: add("PUBREL", .text)
    case .completed(let code, let words): add(.pubcomp, code, words, at: now, isLast: true)
    case .failed(let error):
      state = .failed
      add(error.description, .danger)
    }
  }

  private mutating func takeSent(again: Bool, at now: Int64) {
    add(again ? "sent again" : "sent", .text)
    if sentAt == nil { sentAt = now }
    guard qos == .atMostOnce else { return }
    state = .done
    pieces.append(Frame.Piece("  QoS 0 is not acknowledged", .dim))
  }

  private mutating func add(
    _ packet: PacketType, _ code: ReasonCode, _ properties: Properties, at now: Int64, isLast: Bool
  ) {
    add("\(packet)", code.isError ? .danger : isLast ? .success : .text)
    if let sentAt { pieces.append(Frame.Piece(" \(Format.elapsed(now - sentAt))", .age)) }
    if isLast { state = code.isError ? .failed : .done }
    guard code != .success else { return }
    // The broker chooses the words, and may choose 65,535 bytes of them.
    let words = properties.reasonString.map { ": \(TextWidth.clip($0, to: 200))" } ?? ""
    let reason = "  \(code.rawValue) \(code.words(in: packet))\(words)"
    pieces.append(Frame.Piece(reason, code.isError ? .danger : .warning))
  }

  private mutating func add(_ text: String, _ role: Role) {
    if !pieces.isEmpty { pieces.append(Frame.Piece(" → ", .dim)) }
    pieces.append(Frame.Piece(text, role))
  }
}
