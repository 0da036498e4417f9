import NIOCore

/// A conversation that comes before MQTT: with a proxy, or with the server of a WebSocket.
protocol Opening: Equatable, Sendable {
  /// What is waited for.
  var waiting: Disconnection.Waiting { get }

  /// Our first words.
  func start() -> [UInt8]

  /// Takes what has arrived, as far as it is whole, and says what follows.
  mutating func receive(_ bytes: inout ByteBuffer) -> OpeningStep

  /// Why it failed, if the peer has closed.
  func closed(after bytes: ByteBuffer) -> Disconnection.Reason
}

/// What follows from what a peer said in an opening.
enum OpeningStep: Equatable, Sendable {
  /// More has to arrive.
  case needMore
  /// Say this.
  case say([UInt8])
  /// The way is open; whatever is left of the bytes belongs to what comes next.
  case finished
  /// It failed.
  case failed(Disconnection.Reason)
}
