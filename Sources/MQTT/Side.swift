/// An end of the connection.
public enum Side: Sendable {
  /// The end that sent CONNECT.
  case client
  /// The end that answers it.
  case server
}
