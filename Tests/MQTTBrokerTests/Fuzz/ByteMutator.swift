import MQTT

/// Bytes of a valid packet, made into something else.
enum ByteMutator {
  /// Bits flipped, cut, spliced with another packet, lengths changed, or bytes that are nothing at all.
  static func mutated(_ bytes: [UInt8], or other: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1:
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
    case 2: bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
    case 3:
      let (cut, start) = (
        Int.random(in: 0...bytes.count, using: &random), Int.random(in: 0...other.count, using: &random)
      )
      bytes = Array(bytes[..<cut] + other[start...])
    case 4 where bytes.count > 1:
      bytes[1] = [0, 1, 2, 127, 128, 255, bytes[1] &+ 1, bytes[1] &- 1].randomElement(using: &random) ?? 0
    case 5:
      // A length inside of the packet: a text, properties
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
    case 6: bytes.insert(contentsOf: other.prefix(3), at: Int.random(in: 0...bytes.count, using: &random))
    default:
      bytes = (0..<Int.random(in: 1...60, using: &random)).map { _ in .random(in: .min ... .max, using: &random) }
    }
    return bytes
  }
}
