import MQTT
import NIOCore
import TestSupport

/// A packet that holds a secret, and where.
struct SecretPacket: CustomStringConvertible, Sendable {
  let sender: Side
  let version: ProtocolVersion
  let description: String

  var bytes: [UInt8] { [UInt8](written: description) }

  /// Where the word is that nobody may see.
  var secret: Range<Int> { bytes.firstRange(of: Array("secret".utf8)) ?? 0..<0 }

  static let all = [
    SecretPacket(
      sender: .client, version: .v5,
      description: "10 22 0004 'MQTT' 05 C2 003C 0D 15 0001 'x' 16 0006 'secret' 0001 'c' 0001 'u' 0002 'pw'"),
    SecretPacket(
      sender: .client, version: .v3_1_1,
      description: "10 1E 0004 'MQTT' 04 C6 003C 0001 'c' 0001 'w' 0001 'p' 0001 'u' 0006 'secret'"),
    SecretPacket(
      sender: .server, version: .v5, description: "20 10 00 00 0D 15 0001 'x' 16 0006 'secret'"),
    SecretPacket(
      sender: .server, version: .v5, description: "F0 13 18 11 15 0001 'x' 1F 0001 'r' 16 0006 'secret'"),
  ]

  /// Whether other bytes are no packet to the decoder, or one whose end is missing.
  func isMalformed(_ bytes: [UInt8]) -> Bool {
    var decoder = PacketDecoder(version: version, from: sender)
    var offset = 0
    var views: [PublishView] = []
    do throws(MalformedPacket) {
      let step = try decoder.decode(bytes.span.bytes, at: &offset, publishes: &views)
      if case .needMore = step { return offset == 0 }
      return false
    } catch {
      return true
    }
  }
}
