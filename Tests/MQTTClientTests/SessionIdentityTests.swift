import MQTT
import NIOCore
import Testing

@testable import MQTTClient

/// Another client of our identifier, another server than ours, and the ways out that the owner has.
struct SessionIdentityTests {
  /// The end of the next connection, which the broker accepts and closes without a word after a time.
  private func duel(_ session: inout Session, after time: Int64, at now: inout Int64) throws -> Disconnection {
    if case .waiting(let until) = session.phase {
      now = until
      _ = session.tick(at: now)
      _ = session.opened(at: now)
      _ = session.receive(.connack(Connack()), at: now)
    }
    #expect(session.phase == .connected)
    now += time
    return try #require(session.closed(.closed(wasAccepted: false), at: now).disconnection)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a broker that accepts and closes again and again is taken for a duel, and we stay away`(
    version: ProtocolVersion
  ) throws {
    var session = Session.connected(.script(version))
    var now: Int64 = 0
    for _ in 1...2 {
      let end = try duel(&session, after: second, at: &now)
      #expect(end.reason == .closed(wasAccepted: true) && end.retryIn != nil)
    }
    let end = try duel(&session, after: second, at: &now)
    #expect(end.reason == .probablyTakenOver(clientID: "c", times: 3) && end.retryIn == nil)
    #expect(end.description.contains("“c”") && end.description.contains("3 times"))
    #expect(session.phase == .stopped)
  }

  @Test func `connections that last, and ends of other kinds, are no duel`() throws {
    var session = Session.connected()
    var now: Int64 = 0
    for _ in 1...10 {
      for time in [second, second, 11 * second] {
        #expect(try duel(&session, after: time, at: &now).reason == .closed(wasAccepted: true))
      }
    }
    for _ in 1...10 {
      _ = try duel(&session, after: second, at: &now)
      _ = try duel(&session, after: second, at: &now)
      if case .waiting(let until) = session.phase { now = until }
      _ = session.tick(at: now)
      #expect(session.closed(.connectionRefused, at: now).disconnection?.retryIn != nil)
    }
  }

  @Test func `without a limit there is no duel, and a request of the owner begins the count anew`() throws {
    var session = Session.connected(.script { $0.duelLimit = nil })
    var now: Int64 = 0
    for _ in 1...10 { #expect(try duel(&session, after: 1, at: &now).retryIn != nil) }
    session = .connected()
    for _ in 1...2 { _ = try duel(&session, after: 1, at: &now) }
    _ = session.perform(.reconnect, at: now)
    _ = session.opened(at: now)
    _ = session.receive(.connack(Connack()), at: now)
    #expect(try duel(&session, after: 1, at: &now).retryIn != nil)
  }

  @Test func `after a duel the owner goes on under another identifier`() throws {
    var session = Session.connected()
    var now: Int64 = 0
    for _ in 1...3 { _ = try duel(&session, after: 1, at: &now) }
    #expect(session.perform(.rename("d"), at: now).contains(.open(.v5)))
    #expect(session.opened(at: now) == [.send(.connect(Connect(clientID: "d")))])
  }

  @Test(arguments: [ReasonCode.useAnotherServer, .serverMoved])
  func `a server that is named is told, and never gone to by itself`(code: ReasonCode) throws {
    let properties: Properties = [.serverReference("other:1884 [::1]:99"), .reasonString("full")]
    var refused = Session.asking()
    _ = refused.receive(.connack(Connack(reasonCode: code, properties: properties)), at: 1)
    var dismissed = Session.connected()
    _ = dismissed.receive(.disconnect(Disconnect(code, properties: properties)), at: 1)
    for var session in [refused, dismissed] {
      let end = try #require(session.closed(.closed(wasAccepted: false), at: 2).disconnection)
      #expect(end.retryIn == nil && session.phase == .stopped)
      #expect(end.reason.serverReferences == ["other:1884", "[::1]:99"])
      #expect(end.description.contains("other:1884") && end.description.contains("“full”"))
    }
    #expect(Disconnection.Reason.refused(.serverBusy, properties).serverReferences.isEmpty)
    #expect(Disconnection.Reason.refused(code, []).serverReferences.isEmpty)
  }

  @Test func `becoming another client leaves a live connection politely, and gives up what was under way`() {
    var session = Session.connected(
      .script { ($0.cleanStart, $0.journal, $0.protocolChoice) = (false, "/nowhere", .automatic) })
    _ = session.perform(.publish(1, Message(topic: "t", qos: .exactlyOnce)), at: 1)
    _ = session.perform(.subscribe(2, [Subscription(filter: "a")], []), at: 1)
    let outputs = session.perform(.rename("d"), at: 2)
    #expect(session.pending.isEmpty && session.identifiers.count == 0)
    #expect(outputs.steps == [.failed(.connectionLost), .failed(.connectionLost)])
    #expect(outputs.packets == [.disconnect(Disconnect())])
    #expect(session.closed(.closed(wasAccepted: false), at: 3).last == .open(.v5))
    // The journal is that of the old session
    #expect(session.opened(at: 4).entries.isEmpty && !session.isHeld)
    _ = session.receive(.connack(Connack()), at: 5)
    #expect(session.perform(.publish(1, Message(topic: "t", qos: .exactlyOnce)), at: 6).entries.isEmpty)
  }

  @Test func `becoming another client before CONNECT was sent, or in a wait, takes no second attempt`() {
    var session = Session(.script(), seed: 1)
    _ = session.perform(.reconnect, at: 0)
    var waiting = session
    #expect(session.perform(.rename("d"), at: 1).isEmpty)
    #expect(session.opened(at: 2) == [.send(.connect(Connect(clientID: "d")))])
    _ = waiting.closed(.connectionRefused, at: 1)
    #expect(waiting.perform(.rename("d"), at: 2).last == .open(.v5))
  }

  @Test func `a session that we know nothing of is not ours to take, in 5_0`() throws {
    var session = Session.asking(.script { ($0.cleanStart, $0.journal) = (false, "/nowhere") })
    let outputs = session.receive(.connack(Connack(sessionPresent: true)), at: 1)
    #expect(outputs == [.record(.ended), .send(.disconnect(Disconnect(.protocolError))), .close])
    let end = try #require(session.closed(.closed(wasAccepted: false), at: 2).disconnection)
    #expect(end.reason == .unknownSession(clientID: "c") && end.retryIn == nil)
    // Nor is it after the person has tried again
    _ = session.perform(.reconnect, at: 3)
    _ = session.opened(at: 3)
    #expect(session.receive(.connack(Connack(sessionPresent: true)), at: 4).packets.count == 1)
  }

  @Test func `it is joined if the owner wants it so, and always in 3_1_1: nothing is sent again, all is subscribed to`()
  {
    let wanted = Subscription(filter: "a")
    for (version, policy) in [
      (ProtocolVersion.v5, Configuration.UnknownSession.join), (.v3_1_1, .refuse), (.v3_1_1, .join),
    ] {
      var session = Session.asking(
        .script(version) { ($0.cleanStart, $0.unknownSession, $0.subscriptions) = (false, policy, [wanted]) })
      let packets = session.receive(.connack(Connack(sessionPresent: true)), at: 1).packets
      #expect(packets == [.subscribe(Subscribe(packetID: 1, subscriptions: [wanted]))])
    }
  }

  @Test func `a session whose CONNACK was lost on the way is ours`() {
    var session = Session.asking(.script { $0.cleanStart = false })
    _ = session.comeBack(Connack(sessionPresent: true), at: 1)
    #expect(session.phase == .connected)
  }

  @Test func `a session is found again by the identifier that the broker assigned`() {
    var session = Session.asking(.script { ($0.clientID, $0.cleanStart) = ("", false) })
    _ = session.receive(.connack(Connack(properties: [.assignedClientIdentifier("given")])), at: 1)
    _ = session.closed(.closed(wasAccepted: false), at: 2)
    if case .waiting(let until) = session.phase { _ = session.tick(at: until) }
    #expect(session.opened(at: 3) == [.send(.connect(Connect(clientID: "given", cleanStart: false)))])
    let outputs = session.receive(.connack(Connack(sessionPresent: true)), at: 4)
    guard case .connected(let facts)? = outputs.events.first else {
      Issue.record("\(outputs)")
      return
    }
    #expect(facts.clientID == "given" && facts.sessionPresent)
    // Unless the owner names another
    _ = session.perform(.rename("mine"), at: 5)
    _ = session.closed(.closed(wasAccepted: false), at: 6)
    #expect(session.opened(at: 7) == [.send(.connect(Connect(clientID: "mine", cleanStart: false)))])
  }
}
