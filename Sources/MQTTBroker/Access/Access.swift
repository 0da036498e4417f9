/// Who may connect, and who may read and write what.
public struct Access: Equatable, Sendable {
  /// The users by name; nil lets everybody in.
  public var users: [String: Credential]?
  /// What users may do; nil allows everything.
  public var rules: AccessRules?

  /// Everybody may do everything, which is right on loopback alone.
  public init(users: [String: Credential]? = nil, rules: AccessRules? = nil) {
    self.users = users
    self.rules = rules
  }

  /// Whether a client with these words in its CONNECT is let in.
  func admits(_ username: String?, password: [UInt8]?) -> Bool {
    guard let users else { return true }
    guard let username, let password else { return false }
    // A name that nobody has takes as long as any other
    return (users[username] ?? Self.nobody).matches(password) && users[username] != nil
  }

  private static let nobody = Credential(Array("nobody".utf8))

  /// What a client may do; nil is everything.
  func rights(of username: String?, clientID: [UInt8]) -> AccessRights? {
    rules?.rights(of: username, clientID: clientID)
  }
}
