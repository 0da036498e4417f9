import Crypto

/// The SHA-256 of a certificate, by which it is known without any authority.
public struct Fingerprint: Hashable, Sendable {
  private let bytes: [UInt8]

  /// A fingerprint as people copy it: 64 hexadecimal digits of either case, with or without colons and blanks.
  public init?(_ text: String) {
    let digits = text.utf8.filter { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: " ") }
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: 64, by: 2) {
      let pair = String(decoding: digits[start..<start + 2], as: UTF8.self)
      guard pair.first?.isHexDigit == true, let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    self.bytes = bytes
  }

  /// The fingerprint of a certificate in DER.
  public init(ofCertificate der: [UInt8]) {
    bytes = Array(SHA256.hash(data: der))
  }
}

extension Fingerprint: CustomStringConvertible {
  /// 64 hexadecimal digits in capitals, with colons between the bytes.
  public var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ":")
  }
}
