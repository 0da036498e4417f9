import MQTT
import NIOCore

/// What is known between two reads of a connection.
struct Reading {
  /// How much one read takes, in bytes.
  static let capacity = 256 << 10
  /// How many reads a wake of the event loop may take.
  static let readsPerWake: UInt = 16
  /// A wake that brought fewer bytes than this was hardly worth it: the next one may wait.
  static let smallWake = 16 << 10
  /// How long.
  static let pause = TimeAmount.microseconds(1_500)

  var decoder: PacketDecoder
  /// The beginning of a packet whose end has not arrived.
  var tail = ByteBuffer()
  /// How many bytes `tail` needs before it is worth another look.
  var wanted = 0
  /// How many bytes a message took on average, as a guess of how many the next read brings.
  var messageSize = 1 << 10
  /// How many bytes came in this wake.
  var bytes = 0
  /// Whether something was sent in this wake, so that the broker may go on.
  var hasAnswered = false
  /// Whether reading stands still because the inbox is full.
  var isHeldBack = false
  /// The next read, if it waits.
  var next: Scheduled<Void>?

  init(_ configuration: Configuration, version: ProtocolVersion) {
    let properties = version == .v5 ? configuration.properties : []
    let announced = properties.maximumPacketSize.map(Int.init) ?? .max
    decoder = PacketDecoder(
      version: version, from: .server, maximumPacketSize: min(configuration.maximumPacketSize, announced),
      topicAliasMaximum: properties.topicAliasMaximum ?? 0, text: configuration.text)
  }

  /// Nothing more will be read.
  mutating func stop() {
    next?.cancel()
    next = nil
    tail.clear()
    isHeldBack = false
  }
}
