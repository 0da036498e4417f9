import MQTT
import Testing

@testable import MQTTClient

struct SessionTimeTests {
  private let tenSeconds = Configuration.script { $0.keepAlive = 10 }

  @Test func `a ping goes out when nothing else was sent for an interval`() throws {
    var session = Session.connected(tenSeconds)
    _ = session.perform(.publish(1, Message(topic: "t")), at: 8 * second)
    session.heard(at: 9 * second)
    let due = try #require(session.deadline)
    #expect(due > 17 * second && due <= 18 * second)
    #expect(session.tick(at: due - 1).isEmpty)
    #expect(session.tick(at: due) == [.send(.pingreq)])
    session.heard(at: due + 5)
    #expect(session.receive(.pingresp, at: due + 5) == [.post(.pong(roundTrip: 5))])
  }

  @Test func `a line on which nothing comes is noticed within one and a half intervals`() throws {
    var session = Session.connected(tenSeconds)
    session.heard(at: second)
    var now: Int64 = 0
    while case .connected = session.phase {
      now = try #require(session.deadline)
      // We keep sending, so that only the silence of the broker can tell
      _ = session.perform(.publish(1, Message(topic: "t")), at: now)
      _ = session.tick(at: now)
    }
    #expect(now <= 16 * second && now >= 14 * second)
    #expect(session.closed(.closed(wasAccepted: false), at: now).disconnection?.reason == .keepAliveLost(10))
  }

  @Test func `0 means no pings`() {
    #expect(Session.connected(.script { $0.keepAlive = 0 }).deadline == nil)
    #expect(Session.connected(tenSeconds, Connack(properties: [.serverKeepAlive(0)])).deadline == nil)
  }

  @Test func `the broker's keep alive overrules ours`() throws {
    let session = Session.connected(tenSeconds, Connack(properties: [.serverKeepAlive(100)]))
    let due = try #require(session.deadline)
    #expect(due > 90 * second)
  }

  @Test func `while we do not read, silence proves nothing, and pings go on`() throws {
    var session = Session.connected(tenSeconds)
    session.listen(false, at: 5 * second)
    var pings = 0
    for time in 6..<60 {
      let now = Int64(time) * second
      pings += session.tick(at: now).packets.count { $0 == .pingreq }
    }
    #expect(session.phase == .connected && pings >= 5)
    session.listen(true, at: 60 * second)
    _ = session.tick(at: 61 * second)
    #expect(session.phase == .connected)
    _ = session.tick(at: 66 * second)
    #expect(session.phase != .connected)
  }

  @Test func `a broker that takes the connection and says nothing is given up`() throws {
    var session = Session.asking(.script { $0.connectTimeout = .seconds(3) })
    #expect(session.deadline == 3 * second)
    #expect(session.tick(at: 3 * second - 1).isEmpty)
    #expect(session.tick(at: 3 * second).last == .close)
    let end = try #require(session.closed(.closed(wasAccepted: false), at: 4 * second).disconnection)
    #expect(end.reason == .timedOut(.connack, 3 * second))
  }

  @Test func `waits grow with each failure, are never longer than their ceiling, and are random`() throws {
    var session = Session(.script(), seed: 7)
    _ = session.perform(.reconnect, at: 0)
    var waits: [Int64] = []
    for failure in 1...12 {
      let wait = try #require(session.closed(.connectionRefused, at: 0).disconnection?.retryIn)
      #expect(wait <= min(30, 1 << Int64(failure - 1)) * second)
      waits.append(wait)
      let endpoint = session.configuration.endpoint
      #expect(
        session.tick(at: wait).first == .post(.connecting(attempt: failure + 1, version: .v5, endpoint: endpoint)))
    }
    #expect(Set(waits).count == waits.count)
    #expect(waits.contains { $0 > 8 * second })
  }

  @Test func `failures are counted anew only after a stable connection`() {
    var session = Session.connected(.script { $0.duelLimit = nil })
    for failure in 1...3 {
      _ = session.closed(.closed(wasAccepted: false), at: second)
      #expect(session.failures == failure)
      _ = session.tick(at: 100 * second)
      _ = session.opened(at: 0)
      _ = session.receive(.connack(Connack()), at: 0)
    }
    _ = session.closed(.closed(wasAccepted: false), at: 10 * second)
    #expect(session.failures == 1)
  }

  @Test func `without reconnection an end is the end`() {
    var session = Session.connected(.script { $0.reconnection = .never })
    #expect(session.closed(.closed(wasAccepted: false), at: 1).disconnection?.retryIn == nil)
    #expect(session.phase == .stopped)
    #expect(session.perform(.reconnect, at: 2).contains(.open(.v5)))
  }

  @Test func `a disconnect ends a wait, and a reconnect too`() {
    var session = Session(.script(), seed: 1)
    _ = session.perform(.reconnect, at: 0)
    _ = session.closed(.connectionRefused, at: 0)
    var other = session
    #expect(session.perform(.disconnect(.success, []), at: 1).disconnection?.reason == .requested)
    #expect(session.phase == .stopped)
    #expect(other.perform(.reconnect, at: 1).contains(.open(.v5)))
  }

  @Test func `a reconnect on a live connection leaves it politely and opens another`() {
    var session = Session.connected()
    #expect(session.perform(.reconnect, at: 1) == [.send(.disconnect(Disconnect())), .close])
    let outputs = session.closed(.closed(wasAccepted: false), at: 2)
    #expect(outputs.disconnection?.reason == .requested)
    #expect(outputs.last == .open(.v5))
  }

  @Test func `a disconnect while connecting gives the attempt up`() {
    var session = Session(.script(), seed: 1)
    _ = session.perform(.reconnect, at: 0)
    #expect(session.perform(.disconnect(.success, []), at: 1) == [.close])
    #expect(session.closed(.closed(wasAccepted: false), at: 1).disconnection?.reason == .requested)
    #expect(session.phase == .stopped)
  }
}
