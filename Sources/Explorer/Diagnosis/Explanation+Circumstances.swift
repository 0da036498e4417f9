extension Explanation {
  /// What is known beside the reason.
  struct Circumstances: Equatable, Sendable {
    /// Empty where each connection has a new one.
    var clientID: String
    var username: String?
    /// The connection is one of a profile, which is where its settings are changed.
    var isProfile = false
    /// The broker's last bytes, if it sent the last packet.
    var lastBytes: [UInt8] = []
    /// Nanoseconds that the connection lasted; nil if there was none.
    var lasted: Int64?
    /// How to connect otherwise, which the key for it does.
    var offer: ReconnectionOffer?

    /// Who we were to the broker, in words.
    var identifier: String { clientID.isEmpty ? "a new one each time" : "“\(clientID)”" }
  }
}
