import MQTT
import Testing

struct DeliveryTests {
  @Test func `QoS 0 has no handshake`() {
    #expect(OutboundDelivery(.atMostOnce) == nil)
  }

  @Test func `PUBACK ends QoS 1, good or bad`() throws {
    for code in [ReasonCode.success, .noMatchingSubscribers, .quotaExceeded] {
      var delivery = try #require(OutboundDelivery(.atLeastOnce))
      #expect(delivery.receive(.puback(code)) == .finished(code))
    }
  }

  @Test func `QoS 2 goes by PUBREC, PUBREL and PUBCOMP`() throws {
    var delivery = try #require(OutboundDelivery(.exactlyOnce))
    #expect(delivery.receive(.pubrec(.success)) == .release)
    #expect(delivery == .awaitingPubcomp)
    #expect(delivery.receive(.pubrec(.success)) == .release)
    #expect(delivery.receive(.pubcomp(.success)) == .finished(.success))
  }

  @Test func `a PUBREC with an error ends QoS 2`() throws {
    var delivery = try #require(OutboundDelivery(.exactlyOnce))
    #expect(delivery.receive(.pubrec(.notAuthorized)) == .finished(.notAuthorized))
  }

  @Test func `answers of another QoS or moment are unexpected`() {
    let unexpected: [(OutboundDelivery, [OutboundDelivery.Answer])] = [
      (.awaitingPuback, [.pubrec(.success), .pubcomp(.success)]),
      (.awaitingPubrec, [.puback(.success), .pubcomp(.success)]),
      (.awaitingPubcomp, [.puback(.success)]),
    ]
    for (state, answers) in unexpected {
      for answer in answers {
        var delivery = state
        #expect(delivery.receive(answer) == .unexpected)
        #expect(delivery == state)
      }
    }
  }

  @Test func `a message of QoS 2 is delivered once until it is released`() {
    var inbound = InboundDelivery()
    #expect(inbound.receive(7) == true)
    #expect(inbound.receive(7) == false)
    #expect(inbound.count == 1 && inbound.contains(7))
    #expect(inbound.release(7) == .success)
    #expect(inbound.receive(7) == true)
  }

  @Test func `the release of an unknown message says so`() {
    var inbound = InboundDelivery()
    #expect(inbound.release(9) == .packetIdentifierNotFound)
    _ = inbound.receive(9)
    inbound.refuse(9)
    #expect(inbound.release(9) == .packetIdentifierNotFound)
    _ = inbound.receive(9)
    inbound.removeAll()
    #expect(inbound.count == 0)
  }
}
