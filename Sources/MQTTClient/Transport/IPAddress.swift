#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Addresses as certificates and proxies have them.
enum IPAddress {
  /// The 4 or 16 bytes of an address; nil if the text is a name. The zone of a link-local address is not part of it.
  static func bytes(of text: String) -> [UInt8]? {
    let address = String(text.prefix { $0 != "%" })
    var four = [UInt8](repeating: 0, count: 4)
    if inet_pton(AF_INET, address, &four) == 1 { return four }
    var sixteen = [UInt8](repeating: 0, count: 16)
    return inet_pton(AF_INET6, address, &sixteen) == 1 ? sixteen : nil
  }

  /// The text of 4 or 16 bytes; nil if they are neither.
  static func text(of bytes: [UInt8]) -> String? {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
