/// What the status line says of the other brokers.
struct BrokerPlace: Equatable, Sendable {
  /// Counted from 1.
  var number = 1
  var count = 1
  /// The profile's name; nil for a URL of the command line.
  var name: String?
  /// Messages that came at the others since they left the screen.
  var unseen: UInt64 = 0
  /// Others without a connection.
  var offline = 0

  /// `2/3`, and what goes on off the screen; nothing while there is only one.
  var words: String {
    guard count > 1 else { return "" }
    let news = unseen == 0 ? "" : " · \(Format.shortCount(unseen)) new"
    let lost = offline == 0 ? "" : " · \(offline) offline"
    return "\(number)/\(count)\(news)\(lost)"
  }
}
