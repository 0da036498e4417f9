import FoundationEssentials

/// When a password that is a JSON Web Token stops being good.
///
/// The token's signature is the broker's business. Source: RFC 7519, 4.1.4.
public struct TokenExpiry: Equatable, Sendable {
  /// The moment, in seconds since 1970.
  public let time: Int64

  private struct Claims: Decodable {
    var exp: Double?
  }

  /// The expiry of a password, or nil if it is no such token or does not end.
  public init?(of password: [UInt8]) {
    let parts = password.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let claims = Self.decode(parts[1]), Self.decode(parts[0])?.first == UInt8(ascii: "{") else {
      return nil
    }
    do {
      guard let time = try JSONDecoder().decode(Claims.self, from: claims).exp, abs(time) < 1e15 else { return nil }
      self.time = Int64(time)
    } catch {
      return nil
    }
  }

  /// A phrase such as `expires in 5 min` or `expired 3 h ago`, at a time in seconds since 1970.
  public func words(at now: Int64) -> String {
    now < time ? "expires in \(Self.span(time - now))" : "expired \(Self.span(now - time)) ago"
  }

  private static func span(_ seconds: Int64) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7_200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3_600) h"
    default: "\(seconds / 86_400) days"
    }
  }

  /// Bytes written in base64 for URLs, which has no padding.
  private static func decode(_ text: ArraySlice<UInt8>) -> Data? {
    var plain = text.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: byte
      }
    }
    while plain.count % 4 != 0 { plain.append(UInt8(ascii: "=")) }
    return Data(base64Encoded: Data(plain))
  }
}

extension Configuration {
  /// When the password stops being good, if it is a token that does.
  public var tokenExpiry: TokenExpiry? { password.flatMap { TokenExpiry(of: $0) } }

  /// A sentence about a token that has expired or does so within a day, at a time in seconds since 1970.
  public func tokenWarning(at now: Int64) -> String? {
    guard let tokenExpiry, tokenExpiry.time - now < 86_400 else { return nil }
    return "The password is a token that \(tokenExpiry.words(at: now))."
  }
}
