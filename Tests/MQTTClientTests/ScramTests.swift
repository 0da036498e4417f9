import MQTT
import Testing

@testable import MQTTClient

/// SCRAM-SHA-256 by the exchange of RFC 7677, and every way in which a broker can get it wrong.
struct ScramTests {
  private static let challenge =
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
  private static let answer =
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
  private static let proof = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
  private static let method = Property.authenticationMethod("SCRAM-SHA-256")
  private let configuration = Configuration.script {
    $0.properties = [.receiveMaximum(9)]
    $0.authentication = .scramSHA256(
      username: "user", password: Array("pencil".utf8), nonce: .fixed("rOprNGfwEbeRWgbNEkqO"))
  }

  private func auth(_ code: ReasonCode, _ data: String) -> Auth {
    Auth(code, properties: [Self.method, .authenticationData(Array(data.utf8))])
  }

  private func connack(_ data: String) -> Packet {
    .connack(Connack(properties: [Self.method, .authenticationData(Array(data.utf8))]))
  }

  private func exchange() -> Scram {
    Scram(username: "user", password: Array("pencil".utf8), nonce: "rOprNGfwEbeRWgbNEkqO")
  }

  @Test func `the exchange of RFC 7677`() throws {
    var scram = exchange()
    #expect(scram.first == Array("n,,n=user,r=rOprNGfwEbeRWgbNEkqO".utf8))
    #expect(try scram.receive(Array(Self.challenge.utf8)) == Array(Self.answer.utf8))
    #expect(!scram.isProven)
    #expect(try scram.receive(Array(Self.proof.utf8)) == nil)
    #expect(scram.isProven)
  }

  @Test func `a comma and an equals sign in a user name are written as RFC 5802 has it`() {
    #expect(Scram(username: "a=b,c", password: [], nonce: "n").first == Array("n,,n=a=3Db=2Cc,r=n".utf8))
  }

  @Test(arguments: [
    "", "r=rOprNGfwEbeRWgbNEkqO", "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "r=rOprNGfwEbeRWgbNEkqO,s=W22Z,i=4096",
    "r=other,s=W22Z,i=4096", "r=rOprNGfwEbeRWgbNEkqOx,s=!,i=4096", "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
    "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4095", "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=1000001",
    "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=-1", "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=x", "m=ext,r=rOprNGfwEbeRWgbNEkqOx",
    "e=other-error",
  ]) func `a challenge that breaks the rules is not answered`(challenge: String) {
    var scram = exchange()
    #expect(throws: ScramError.self) { try scram.receive(Array(challenge.utf8)) }
    #expect(!scram.isProven)
  }

  @Test func `bytes that are no text, and words after the last one, are refused`() throws {
    var scram = exchange()
    #expect(throws: ScramError.self) { try scram.receive([0xFF]) }
    _ = try scram.receive(Array(Self.challenge.utf8))
    _ = try scram.receive(Array(Self.proof.utf8))
    #expect(throws: ScramError.self) { try scram.receive(Array(Self.proof.utf8)) }
  }

  @Test func `CONNECT begins the exchange, AUTH goes on, and CONNACK ends it with the broker's proof`() throws {
    var session = Session(configuration, seed: 1)
    _ = session.perform(.reconnect, at: 0)
    let first = Array("n,,n=user,r=rOprNGfwEbeRWgbNEkqO".utf8)
    let connect = Connect(
      clientID: "c", properties: [.receiveMaximum(9), Self.method, .authenticationData(first)])
    #expect(session.opened(at: 0) == [.send(.connect(connect))])
    #expect(
      session.receive(.auth(auth(.continueAuthentication, Self.challenge)), at: 1)
        == [.send(.auth(auth(.continueAuthentication, Self.answer)))])
    #expect(session.receive(connack(Self.proof), at: 2).packets.isEmpty)
    #expect(session.phase == .connected)
  }

  @Test(arguments: ["v=AAAA", "v=!", "", "e=invalid-proof", "x"])
  func `a broker that does not prove itself is left with a DISCONNECT`(last: String) throws {
    var session = Session.asking(configuration)
    _ = session.receive(.auth(auth(.continueAuthentication, Self.challenge)), at: 1)
    #expect(session.receive(connack(last), at: 2) == [.send(.disconnect(Disconnect(.unspecifiedError))), .close])
    let end = try #require(session.closed(.closed(wasAccepted: false), at: 3).disconnection)
    guard case .notAuthenticated = end.reason else {
      Issue.record("\(end)")
      return
    }
    #expect(end.retryIn == nil)
  }

  @Test func `a broker that accepts at once, or without its proof, is left too`() {
    for challenged in [false, true] {
      var session = Session.asking(configuration)
      if challenged { _ = session.receive(.auth(auth(.continueAuthentication, Self.challenge)), at: 1) }
      _ = session.receive(.connack(Connack(properties: [Self.method])), at: 2)
      let end = session.closed(.closed(wasAccepted: false), at: 3).disconnection
      #expect(end?.reason == .notAuthenticated(.unproven))
    }
  }

  @Test func `the proof may come in AUTH before CONNACK`() {
    var session = Session.asking(configuration)
    _ = session.receive(.auth(auth(.continueAuthentication, Self.challenge)), at: 1)
    let answer = session.receive(.auth(auth(.continueAuthentication, Self.proof)), at: 2)
    #expect(answer.packets == [.auth(Auth(.continueAuthentication, properties: [Self.method]))])
    _ = session.receive(.connack(Connack(properties: [Self.method])), at: 3)
    #expect(session.phase == .connected)
  }

  @Test func `a proof can be given again on a live connection, and its failure ends that`() throws {
    for (last, isGood) in [(Self.proof, true), ("v=AAAA", false)] {
      var session = Session.asking(configuration)
      _ = session.receive(.auth(auth(.continueAuthentication, Self.challenge)), at: 1)
      _ = session.receive(connack(Self.proof), at: 2)
      let first = auth(.reauthenticate, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
      #expect(session.perform(.reauthenticate, at: 3) == [.send(.auth(first))])
      #expect(session.perform(.reauthenticate, at: 3).isEmpty)
      #expect(
        session.receive(.auth(auth(.continueAuthentication, Self.challenge)), at: 4).packets
          == [.auth(auth(.continueAuthentication, Self.answer))])
      let outputs = session.receive(.auth(auth(.success, last)), at: 5)
      if isGood {
        #expect(outputs == [.post(.authentication(.success, auth(.success, last).properties))])
      } else {
        #expect(outputs.packets == [.disconnect(Disconnect(.unspecifiedError))])
      }
      #expect((session.phase == .connected) == isGood)
    }
  }

  @Test func `AUTH that nobody asked for breaks the protocol`() {
    var session = Session.asking(configuration)
    _ = session.receive(.auth(auth(.continueAuthentication, Self.challenge)), at: 1)
    _ = session.receive(connack(Self.proof), at: 2)
    var other = session
    for code in [ReasonCode.continueAuthentication, .success] {
      session = other
      let outputs = session.receive(.auth(auth(code, Self.challenge)), at: 3)
      #expect(outputs.packets == [.disconnect(Disconnect(.protocolError))])
    }
    other = .connected()
    #expect(other.perform(.reauthenticate, at: 1).isEmpty)
  }

  @Test func `3_1_1 has no such exchange, and nobody falls back to it for want of one`() {
    var older = configuration
    older.protocolChoice = .only(.v3_1_1)
    var session = Session(older, seed: 1)
    _ = session.perform(.reconnect, at: 0)
    #expect(session.opened(at: 0) == [.close])
    var automatic = configuration
    automatic.protocolChoice = .automatic
    session = .asking(automatic)
    #expect(session.closed(.closed(wasAccepted: false), at: 1).disconnection != nil)
  }

  @Test func `a random nonce is another each time, and text that SCRAM allows`() {
    let nonces = (0..<100).map { _ in ScramNonce.random.make() }
    #expect(Set(nonces).count == 100)
    #expect(nonces.allSatisfy { $0.count > 20 && !$0.contains(",") })
  }
}
