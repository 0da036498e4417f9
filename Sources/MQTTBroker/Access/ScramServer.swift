import MQTT
import Secrets

/// The broker's side of one SCRAM-SHA-256 exchange, without channel binding. Source: RFC 5802, RFC 7677.
///
/// A user who does not exist, or whose credential is not for SCRAM, is asked as any other, and fails at the end, so that
/// names cannot be tried out.
struct ScramServer: Equatable, Sendable {
  static let method = "SCRAM-SHA-256"

  private enum State: Equatable {
    case begun
    case challenged(bareFirst: String, challenge: String, header: String)
    case proven
  }

  /// What the salts of users who do not exist are made with, so that nobody else can make them.
  private static let secret: [UInt8] = {
    var system = SystemRandomNumberGenerator()
    return (0..<32).map { _ in .random(in: .min ... .max, using: &system) }
  }()

  private(set) var username: String?
  private var state = State.begun
  private var credential: Credential?

  /// Takes what the client says first; the challenge, or nil if it says nothing that can be used.
  mutating func challenge(_ first: [UInt8], nonce: String, users: [String: Credential]) -> [UInt8]? {
    guard state == .begun, let text = String(validating: first, as: UTF8.self) else { return nil }
    // n,,n=user,r=nonce: no channel binding, no other identity
    let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "n" || parts[0] == "y", parts[1].isEmpty else { return nil }
    let bare = String(parts[2])
    guard case .success(let fields) = ScramKeys.fields(bare, named: ["n", "r"]), !fields[1].isEmpty,
      let name = Self.unescaped(fields[0])
    else { return nil }
    username = name
    credential = users[name]
    if case .mosquitto? = credential?.keys { credential = nil }
    let salt = Self.salt(of: name, credential)
    let rounds = credential?.rounds ?? Credential.rounds
    let challenge = "r=\(fields[1])\(nonce),s=\(ScramKeys.base64(salt)),i=\(rounds)"
    state = .challenged(bareFirst: bare, challenge: challenge, header: "\(parts[0]),,")
    return Array(challenge.utf8)
  }

  /// The salt of a user; without a credential one that looks like it.
  static func salt(of name: String, _ credential: Credential?) -> [UInt8] {
    credential?.salt ?? Array(ScramKeys.mac(Array(name.utf8), secret).prefix(16))
  }

  /// Takes the proof; our own proof, or nil if the client does not know the password.
  mutating func verify(_ last: [UInt8]) -> [UInt8]? {
    guard case .challenged(let bareFirst, let challenge, let header) = state,
      let text = String(validating: last, as: UTF8.self), let proofStart = text.range(of: ",p="),
      case .success(let fields) = ScramKeys.fields(text, named: ["c", "r"]),
      fields[0] == ScramKeys.base64(Array(header.utf8)), challenge.hasPrefix("r=\(fields[1]),"),
      let proof = ScramKeys.bytes(base64: String(text[proofStart.upperBound...])),
      case .scram(let storedKey, let serverKey)? = credential?.keys
    else { return nil }
    let exchange = Array("\(bareFirst),\(challenge),\(text[..<proofStart.lowerBound])".utf8)
    let signature = ScramKeys.mac(exchange, storedKey)
    guard proof.count == signature.count else { return nil }
    let clientKey = zip(proof, signature).map { $0 ^ $1 }
    guard ScramKeys.areEqual(ScramKeys.hash(clientKey), storedKey) else { return nil }
    state = .proven
    return Array("v=\(ScramKeys.base64(ScramKeys.mac(exchange, serverKey)))".utf8)
  }

  /// A name as it was before `,` and `=` were written as `=2C` and `=3D`.
  private static func unescaped(_ text: String) -> String? {
    var name = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "=" else {
        name.append(character)
        continue
      }
      switch rest.prefix(2) {
      case "2C": name.append(",")
      case "3D": name.append("=")
      default: return nil
      }
      rest = rest.dropFirst(2)
    }
    return name.isEmpty ? nil : name
  }
}

extension String {
  /// Where a text comes for the last time.
  fileprivate func range(of text: String) -> Range<String.Index>? { ranges(of: text).last }
}
