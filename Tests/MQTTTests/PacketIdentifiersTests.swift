import MQTT
import Testing

struct PacketIdentifiersTests {
  @Test func `the lowest free identifier is given, from 1 on`() {
    var identifiers = PacketIdentifiers()
    #expect((1...200).map { _ in identifiers.take(for: .publish) } == (1...200).map(UInt16.init))
    identifiers.free(70)
    identifiers.free(3)
    #expect([3, 70, 201].map { _ in identifiers.take(for: .publish) } == [3, 70, 201])
  }

  @Test func `an identifier is free only once`() {
    var identifiers = PacketIdentifiers()
    _ = identifiers.take(for: .publish)
    #expect(identifiers.isInUse(1) && !identifiers.isInUse(0) && !identifiers.isInUse(2) && !identifiers.isInUse(.max))
    #expect(identifiers.free(1) == true)
    #expect([1, 0, .max].map { identifiers.free($0) } == [false, false, false])
    #expect(identifiers.count == 0)
  }

  @Test func `some are kept back for subscriptions, and none is given twice`() {
    var identifiers = PacketIdentifiers()
    var given = Set<UInt16>()
    while let id = identifiers.take(for: .publish) { #expect(given.insert(id).inserted == true) }
    #expect(given.count == 65_535 - 16)
    #expect(!identifiers.hasFree(for: .publish) && identifiers.hasFree(for: .subscription))
    while let id = identifiers.take(for: .subscription) { #expect(given.insert(id).inserted == true) }
    #expect(given.count == 65_535 && !given.contains(0))
    #expect(identifiers.take(for: .subscription) == nil)
    identifiers.free(65_535)
    #expect(identifiers.take(for: .subscription) == 65_535)
  }
}
