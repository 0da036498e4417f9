import MQTT
import NIOCore
import Testing

@testable import MQTTClient

struct SessionReceiveTests {
  private func message(_ qos: QoS, _ id: UInt16, dup: Bool = false) -> Publish {
    Publish(topic: "t", payload: ByteBuffer(string: "\(id)"), qos: qos, isDuplicate: dup, packetID: id)
  }

  @Test func `each QoS is answered as it must be, in order`() {
    var session = Session.connected()
    let messages = [
      message(.atLeastOnce, 1), message(.atMostOnce, 0), message(.atLeastOnce, 2), message(.exactlyOnce, 3),
      message(.atLeastOnce, 4),
    ]
    let (outputs, delivered) = session.receive(messages)
    #expect(outputs == [.acknowledge([1, 2]), .send(.pubrec(Acknowledgement(3))), .acknowledge([4])])
    #expect(delivered == messages)
  }

  @Test func `a message of QoS 2 comes once until its PUBREL`() {
    var session = Session.connected()
    #expect(session.receive([message(.exactlyOnce, 3)]).delivered.count == 1)
    let (outputs, delivered) = session.receive([message(.exactlyOnce, 3, dup: true), message(.atMostOnce, 0)])
    #expect(outputs == [.send(.pubrec(Acknowledgement(3)))])
    #expect(delivered == [message(.atMostOnce, 0)])
    #expect(session.receive(.pubrel(Acknowledgement(3)), at: 2) == [.send(.pubcomp(Acknowledgement(3)))])
    #expect(session.receive([message(.exactlyOnce, 3)]).delivered.count == 1)
  }

  @Test func `PUBREL of nothing is answered, in 5_0 with 0x92`() {
    var session = Session.connected()
    let unknown = Acknowledgement(3, .packetIdentifierNotFound)
    #expect(session.receive(.pubrel(Acknowledgement(3)), at: 2) == [.send(.pubcomp(unknown))])
    var older = Session.connected(.script(.v3_1_1))
    #expect(older.receive(.pubrel(Acknowledgement(3)), at: 2) == [.send(.pubcomp(Acknowledgement(3)))])
  }

  @Test func `more deliveries than our receive maximum end the connection with 0x93`() {
    var session = Session.connected(.script { $0.properties = [.receiveMaximum(1)] })
    let (outputs, delivered) = session.receive([message(.exactlyOnce, 1), message(.exactlyOnce, 2)])
    #expect(
      outputs == [
        .send(.pubrec(Acknowledgement(1))), .send(.disconnect(Disconnect(.receiveMaximumExceeded))), .close,
      ])
    #expect(delivered == [message(.exactlyOnce, 1)])
  }

  @Test func `deliveries of an earlier connection do not count against our receive maximum`() {
    var session = Session.connected(.script { ($0.cleanStart, $0.properties) = (false, [.receiveMaximum(1)]) })
    _ = session.receive([message(.exactlyOnce, 1)])
    _ = session.comeBack(Connack(sessionPresent: true), at: 10)
    #expect(session.receive([message(.exactlyOnce, 2)]).outputs == [.send(.pubrec(Acknowledgement(2)))])
    #expect(session.receive(.pubrel(Acknowledgement(1)), at: 11) == [.send(.pubcomp(Acknowledgement(1)))])
    #expect(session.receive([message(.exactlyOnce, 3)]).outputs.last == .close)
  }

  @Test func `an alias stands for its topic in later messages and reads of one connection`() {
    var session = Session.connected(.script { $0.properties = [.topicAliasMaximum(10)] })
    let full = Publish(topic: "long/topic", properties: [.topicAlias(4)])
    let short = Publish(topic: "", properties: [.topicAlias(4)])
    #expect(
      session.receive([full, short, short]).delivered.map(\.topic) == ["long/topic", "long/topic", "long/topic"])
    #expect(session.receive([short, short]).delivered.map(\.topic) == ["long/topic", "long/topic"])
    let other = Publish(topic: "other", properties: [.topicAlias(4)])
    #expect(session.receive([other, short]).delivered.map(\.topic) == ["other", "other"])
    _ = session.comeBack(at: 10)
    let (outputs, delivered) = session.receive([Publish(topic: "x"), short])
    #expect(outputs.packets == [.disconnect(Disconnect(.protocolError))])
    #expect(delivered.map(\.topic) == ["x"])
  }

  @Test func `DISCONNECT from the broker is told, not answered, and decides about coming back`() throws {
    let codes: [(ReasonCode, Bool)] = [
      (.sessionTakenOver, false), (.serverShuttingDown, true), (.serverMoved, false), (.administrativeAction, false),
      (.keepAliveTimeout, true),
    ]
    for (code, comesBack) in codes {
      var session = Session.connected()
      let last = Disconnect(code, properties: [.reasonString("why")])
      #expect(session.receive(.disconnect(last), at: 1) == [.close])
      let end = try #require(session.closed(.closed(wasAccepted: false), at: 2).disconnection)
      #expect(end.reason == .dismissed(code, [.reasonString("why")]))
      #expect((end.retryIn != nil) == comesBack)
    }
  }

  @Test func `after our last word nothing is answered or delivered`() {
    var session = Session.connected()
    _ = session.perform(.disconnect(.success, []), at: 1)
    let (outputs, delivered) = session.receive([message(.atLeastOnce, 1)])
    #expect(outputs.isEmpty && delivered.isEmpty)
    #expect(session.perform(.ping, at: 2).isEmpty)
  }

  @Test func `bulk of QoS 0 has no outputs`() {
    var session = Session.connected()
    let (outputs, delivered) = session.receive((0..<1000).map { Publish(topic: "t/\($0)") })
    #expect(outputs.isEmpty && delivered.count == 1000)
  }
}
