extension Configuration {
  /// A file name for the session of this client identifier at this broker, such as `debug-1@broker.local%3A1883`.
  ///
  /// Letters, digits, `-`, `_` and `.` stand for themselves, every other byte as `%` and two digits. A name that would be
  /// too long for a file is cut, and ends in a number made from all of it.
  public var journalName: String {
    let whole = Self.safe(clientID) + "@" + Self.safe(endpoint.description)
    guard whole.utf8.count > 200 else { return whole }
    // FNV-1a: two names that differ only behind the cut must not become one
    let hash = whole.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return whole.prefix(180) + "-" + String(hash, radix: 16)
  }

  private static func safe(_ text: String) -> String {
    text.utf8.reduce(into: "") { name, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        name.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: ".") where !name.isEmpty: name += "."
      default: name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
