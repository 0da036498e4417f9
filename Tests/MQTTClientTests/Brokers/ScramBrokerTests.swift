import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// SCRAM-SHA-256 against a broker whose side of it was written by other means.
struct ScramBrokerTests {
  private let broker: Mosquitto
  private static let user = "ann"
  private static let password = "sécret, with = and ,"

  init() throws { broker = try ScramMosquitto(user: Self.user, password: Self.password).broker }

  private func recorder(
    _ username: String = user, _ password: String = password, at port: UInt16? = nil
  ) -> Recorder {
    Recorder(
      .loopback(port ?? broker.port) {
        $0.authentication = .scramSHA256(username: username, password: Array(password.utf8))
        $0.subscriptions = [Subscription(filter: "t", qos: .exactlyOnce)]
      })
  }

  @Test func `whoever proves the password is let in, and so is the broker`() throws {
    let recorder = recorder()
    let connection = try recorder.connection()
    #expect(connection.properties.authenticationMethod == "SCRAM-SHA-256")
    #expect(connection.properties.authenticationData?.starts(with: "v=".utf8) == true)
    _ = try recorder.grants()
    let steps = try recorder.publish(Message(topic: "t", payload: ByteBuffer(string: "x"), qos: .atLeastOnce))
    #expect(steps.last == .acknowledged(.success, []))
    recorder.client.perform(.disconnect(.success, []))
  }

  @Test func `the proof can be given again while the connection lives`() throws {
    let recorder = recorder()
    _ = try recorder.grants()
    for _ in 0..<2 {
      recorder.client.perform(.reauthenticate)
      let code = try recorder.next("proof") { if case .authentication(let code, _) = $0 { code } else { nil } }
      #expect(code == .success)
    }
    #expect(try recorder.publish(Message(topic: "t", qos: .exactlyOnce)).last == .completed(.success, []))
  }

  @Test(arguments: [("ann", "secret"), ("ann", ""), ("bob", password)])
  func `whoever cannot is refused`(username: String, password: String) throws {
    guard case .refused(let code, _, _) = try recorder(username, password).disconnection().reason else {
      Issue.record("let in, or closed without a word")
      return
    }
    #expect(code == .notAuthorized)
  }

  @Test func `a broker that lets us in without knowing the password is left`() throws {
    let impostor = try ScramMosquitto(user: Self.user, password: Self.password, isImpostor: true)
    guard case .notAuthenticated = try recorder(at: impostor.broker.port).disconnection().reason else {
      Issue.record("believed")
      return
    }
  }

  @Test func `whoever does not even try is refused`() throws {
    let plain = Recorder(
      .loopback(broker.port) {
        $0.username = Self.user
        $0.password = Array(Self.password.utf8)
      })
    guard case .refused(let code, _, _) = try plain.disconnection().reason else {
      Issue.record("let in, or closed without a word")
      return
    }
    #expect(code == .notAuthorized)
  }
}
