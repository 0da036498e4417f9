import MQTT
import Testing

struct PacketIdentifiersTests {
  @Test func `identifiers are given from 1 to 65,535 and again from 1, none that is in use`() {
    var identifiers = PacketIdentifiers()
    for id in 1...UInt16.max {
      #expect(identifiers.take(for: .publish) == id)
      if ![2, 3, 64, 127, 128].contains(id) { identifiers.free(id) }
    }
    #expect((1...4).map { _ in identifiers.take(for: .publish) } == [1, 4, 5, 6])
    #expect(
      (7...131).compactMap { _ in identifiers.take(for: .publish) } == [UInt16](7...63) + (65...126) + (129...134))
  }

  @Test func `after those of an earlier run come others`() {
    var identifiers = PacketIdentifiers()
    #expect([7, 9].map { identifiers.take($0) } == [true, true] && identifiers.take(0) == false)
    #expect((1...2).map { _ in identifiers.take(for: .publish) } == [10, 11])
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
