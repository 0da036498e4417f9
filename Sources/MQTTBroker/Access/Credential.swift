import Secrets

/// What a broker keeps of a password: enough to check it and to prove that it knows it, too little to log in with.
public struct Credential: Equatable, Sendable {
  /// What the password is compared with.
  enum Keys: Equatable, Sendable {
    case scram(stored: [UInt8], server: [UInt8])
    /// Of a file of mosquitto_passwd; it checks a password, and cannot be used for SCRAM.
    case mosquitto(hash: [UInt8], isOlder: Bool)
  }

  let salt: [UInt8]
  let rounds: Int
  let keys: Keys

  /// The rounds that RFC 7677 asks for at least; more would hold up all other clients.
  static let rounds = 4_096
  private static let mostRounds = 100_000
  private static let method = "SCRAM-SHA-256"

  /// The credential of a password, with this salt.
  public init(_ password: [UInt8], salt: [UInt8], rounds: Int = 4_096) {
    let salted = ScramKeys.salted(password, salt: salt, rounds: rounds)
    self.salt = salt
    self.rounds = rounds
    keys = .scram(stored: ScramKeys.hash(ScramKeys.client(salted)), server: ScramKeys.server(salted))
  }

  /// The credential of a password, with a salt that nobody can foresee.
  public init(_ password: [UInt8]) {
    var system = SystemRandomNumberGenerator()
    self.init(password, salt: (0..<16).map { _ in .random(in: .min ... .max, using: &system) })
  }

  /// Reads `SCRAM-SHA-256$rounds:salt$storedKey:serverKey`, as PostgreSQL writes it, or `$7$rounds$salt$hash` or
  /// `$6$salt$hash`, as mosquitto_passwd does.
  public init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    if parts.count == 5, parts[0].isEmpty, parts[1] == "7" {
      self.init(rounds: parts[2], salt: parts[3], keys: [parts[4]])
    } else if parts.count == 4, parts[0].isEmpty, parts[1] == "6" {
      self.init(rounds: "1", salt: parts[2], keys: [parts[3]], isOlder: true)
    } else if parts.count == 3, parts[0] == Self.method {
      let work = parts[1].split(separator: ":", omittingEmptySubsequences: false)
      let keys = parts[2].split(separator: ":", omittingEmptySubsequences: false)
      guard work.count == 2, keys.count == 2 else { return nil }
      self.init(rounds: work[0], salt: work[1], keys: keys)
    } else {
      return nil
    }
  }

  private init?(rounds: Substring, salt: Substring, keys: [Substring], isOlder: Bool = false) {
    let keys = keys.compactMap { ScramKeys.bytes(base64: String($0)) }
    guard let rounds = Int(rounds), (1...Self.mostRounds).contains(rounds),
      let salt = ScramKeys.bytes(base64: String(salt)), !salt.isEmpty
    else { return nil }
    (self.salt, self.rounds) = (salt, rounds)
    switch keys.map(\.count) {
    case [32, 32]: self.keys = .scram(stored: keys[0], server: keys[1])
    case [64]: self.keys = .mosquitto(hash: keys[0], isOlder: isOlder)
    default: return nil
    }
  }

  /// The credential as a line of the password file has it.
  public var text: String {
    switch keys {
    case .scram(let stored, let server):
      let keys = "\(ScramKeys.base64(stored)):\(ScramKeys.base64(server))"
      return "\(Self.method)$\(rounds):\(ScramKeys.base64(salt))$\(keys)"
    case .mosquitto(let hash, let isOlder):
      return "\(isOlder ? "$6" : "$7$\(rounds)")$\(ScramKeys.base64(salt))$\(ScramKeys.base64(hash))"
    }
  }

  /// Whether it is the credential of this password.
  func matches(_ password: [UInt8]) -> Bool {
    switch keys {
    case .scram(let stored, _):
      let salted = ScramKeys.salted(password, salt: salt, rounds: rounds)
      return ScramKeys.areEqual(ScramKeys.hash(ScramKeys.client(salted)), stored)
    case .mosquitto(let hash, true): return ScramKeys.areEqual(PasswordHash.older(password, salt: salt), hash)
    case .mosquitto(let hash, false):
      return ScramKeys.areEqual(PasswordHash.mosquitto(password, salt: salt, rounds: rounds), hash)
    }
  }
}
