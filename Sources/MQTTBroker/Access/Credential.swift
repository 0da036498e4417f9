import Secrets

/// What a broker keeps of a password: enough to check it and to prove that it knows it, too little to log in with.
public struct Credential: Equatable, Sendable {
  let salt: [UInt8]
  let rounds: Int
  let storedKey: [UInt8]
  let serverKey: [UInt8]

  /// The rounds that RFC 7677 asks for at least; more would hold up all other clients.
  static let rounds = 4_096
  private static let mostRounds = 100_000
  private static let method = "SCRAM-SHA-256"

  /// The credential of a password, with this salt.
  public init(_ password: [UInt8], salt: [UInt8], rounds: Int = 4_096) {
    let salted = ScramKeys.salted(password, salt: salt, rounds: rounds)
    self.salt = salt
    self.rounds = rounds
    storedKey = ScramKeys.hash(ScramKeys.client(salted))
    serverKey = ScramKeys.server(salted)
  }

  /// The credential of a password, with a salt that nobody can foresee.
  public init(_ password: [UInt8]) {
    var system = SystemRandomNumberGenerator()
    self.init(password, salt: (0..<16).map { _ in .random(in: .min ... .max, using: &system) })
  }

  /// Reads `SCRAM-SHA-256$rounds:salt$storedKey:serverKey`, as PostgreSQL writes it.
  public init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == Self.method else { return nil }
    let work = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    let keys = parts[2].split(separator: ":", omittingEmptySubsequences: false)
    guard work.count == 2, keys.count == 2, let rounds = Int(work[0]), (1...Self.mostRounds).contains(rounds),
      let salt = ScramKeys.bytes(base64: String(work[1])), !salt.isEmpty,
      let storedKey = ScramKeys.bytes(base64: String(keys[0])), storedKey.count == 32,
      let serverKey = ScramKeys.bytes(base64: String(keys[1])), serverKey.count == 32
    else { return nil }
    (self.salt, self.rounds, self.storedKey, self.serverKey) = (salt, rounds, storedKey, serverKey)
  }

  /// The credential as a line of the password file has it.
  public var text: String {
    let keys = "\(ScramKeys.base64(storedKey)):\(ScramKeys.base64(serverKey))"
    return "\(Self.method)$\(rounds):\(ScramKeys.base64(salt))$\(keys)"
  }

  /// Whether it is the credential of this password.
  func matches(_ password: [UInt8]) -> Bool {
    let salted = ScramKeys.salted(password, salt: salt, rounds: rounds)
    return ScramKeys.areEqual(ScramKeys.hash(ScramKeys.client(salted)), storedKey)
  }
}
