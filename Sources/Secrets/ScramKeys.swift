import Crypto
import FoundationEssentials

/// The arithmetic of SCRAM-SHA-256, which client and broker share. Source: RFC 5802, RFC 7677.
public enum ScramKeys {
  /// `Hi` of RFC 5802, section 2.2.
  public static func salted(_ password: [UInt8], salt: [UInt8], rounds: Int) -> [UInt8] {
    PasswordDerivation<SHA256>.key(of: password, salt: salt, rounds: rounds)
  }

  /// The key of the client, of a salted password.
  public static func client(_ salted: [UInt8]) -> [UInt8] { mac(Array("Client Key".utf8), salted) }

  /// The key of the server, of a salted password.
  public static func server(_ salted: [UInt8]) -> [UInt8] { mac(Array("Server Key".utf8), salted) }

  /// The authentication code of a message.
  public static func mac(_ message: [UInt8], _ key: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
  }

  /// The hash of bytes.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// Whether two secrets are the same, in a time that does not tell where they differ.
  public static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Bytes in base64.
  public static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// Bytes of base64, or nil if it is none.
  public static func bytes(base64 text: String) -> [UInt8]? { Data(base64Encoded: text).map { Array($0) } }

  /// The values of attributes that must come in this order, or the name of the first that does not; what follows them
  /// is for extensions.
  public static func fields(_ text: String, named names: [String]) -> Result<[String], MissingField> {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count >= names.count else { return .failure(MissingField(name: names[parts.count])) }
    var values: [String] = []
    for (name, part) in zip(names, parts) {
      guard part.hasPrefix(name + "=") else { return .failure(MissingField(name: name)) }
      values.append(String(part.dropFirst(name.count + 1)))
    }
    return .success(values)
  }

  /// An attribute that a message lacks.
  public struct MissingField: Error, Equatable, Sendable {
    /// The letter of the attribute.
    public let name: String
  }
}
