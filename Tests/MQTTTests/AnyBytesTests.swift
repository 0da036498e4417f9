import MQTT
import NIOCore
import Testing

@Suite struct AnyBytesTests {
  @Test(arguments: ProtocolVersion.allCases, RoundTripTests.sides)
  func `random bytes are read or refused, never a trap`(version: ProtocolVersion, sender: Side) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomPackets(seed: seed, version: version)
    for _ in 0..<6_000 {
      var noise = random.raw(upTo: 40)
      // A plausible first byte and length lead deeper than pure noise does.
      if noise.count > 2, random.flag() { noise[1] = UInt8(noise.count - 2) }
      check(noise, version, sender, seed)
    }
  }

  @Test(arguments: ProtocolVersion.allCases, RoundTripTests.sides)
  func `packets with a few bytes changed are read or refused, never a trap`(version: ProtocolVersion, sender: Side)
    throws
  {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomPackets(seed: seed, version: version)
    for _ in 0..<2_000 {
      var mutated = try encode(random.packet(from: sender), version, from: sender)
      for _ in 0...random.number(0...3) {
        let place = random.number(0...mutated.count - 1)
        switch random.number(0...3) {
        case 0: mutated[place] = UInt8(random.number(0...255))
        case 1: mutated[place] ^= 1 << UInt8(random.number(0...7))
        case 2: mutated.remove(at: place)
        default: mutated.insert(UInt8(random.number(0...255)), at: place)
        }
        if mutated.isEmpty { mutated = [0] }
      }
      check(mutated, version, sender, seed)
    }
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `the fast path takes only what the slow path takes, and reads it alike`(version: ProtocolVersion) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomPackets(seed: seed, version: version)
    let alphabet = Array("abz/09 +#".utf8) + [0, 0x7F, 0x80, 0xC3, 0xA4]
    for _ in 0..<6_000 {
      let rare = random.number(0...9) == 0
      let letters = rare ? alphabet[...] : alphabet.prefix(7)
      let topic = (0..<random.number(0...20)).map { _ in letters[random.number(0...letters.count - 1)] }
      let tail = random.raw(upTo: 6)
      let first = 0x30 | UInt8(random.number(0...15))
      let plain = packet(first, [0, UInt8(topic.count)] + topic + tail)
      // A property that says nothing much sends the same message down the slow path; so does strict text.
      let fast = Result { try decode(plain, version) }
      let slow = Result { try decode(plain, version, text: .strict) }
      if case .success(let packets) = slow { #expect(try fast.get() == packets, "seed \(seed)") }
      if case .success(let packets) = fast, case .failure(let error) = slow {
        // Strict text may refuse what is accepted otherwise, for the text alone.
        let complaint = error as? MalformedPacket
        #expect(complaint?.explanation == "contains a control character or a non-character", "\(packets) seed \(seed)")
      }
    }
  }

  private func check(_ bytes: [UInt8], _ version: ProtocolVersion, _ sender: Side, _ seed: UInt64) {
    do {
      _ = try decode(bytes, version, from: sender, aliases: 100)
    } catch {
      guard let error = error as? MalformedPacket else {
        Issue.record("\(error) is no account of a packet, seed \(seed)")
        return
      }
      #expect(error.reason.isError && error.offset >= 0 && error.offset <= bytes.count, "\(bytes) seed \(seed)")
    }
  }
}
