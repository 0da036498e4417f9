import MQTT
import MQTTClient
import TestSupport
import Testing

struct FailureTests {
  @Test func `a port where nothing listens is told with the question to ask`() throws {
    let port = try Loopback.freePort()
    let end = try Recorder(.loopback(port)).disconnection()
    #expect(end.reason == .connectionRefused && end.retryIn == nil)
    #expect(end.description == "Connection refused: is a broker listening on 127.0.0.1:\(port)?")
  }

  @Test func `a host without an address is told by name`() throws {
    let end = try Recorder(.loopback(1883) { $0.endpoint = .tcp(host: "no-such-host.invalid", port: 1883) })
      .disconnection()
    #expect(end.reason == .unknownHost("no-such-host.invalid"))
  }

  @Test(arguments: [-1, 0, 65_536, Int.max]) func `a port that is none is told so`(port: Int) throws {
    let end = try Recorder(.loopback(1883) { $0.endpoint = .tcp(host: "127.0.0.1", port: port) }).disconnection()
    guard case .network(let problem) = end.reason else {
      Issue.record("\(end)")
      return
    }
    #expect(problem.contains("\(port) is not a port"))
  }

  @Test func `a server that says nothing is given up after the time allowed`() throws {
    let server = try ScriptedServer()
    let recorder = Recorder(.loopback(server.port) { $0.connectTimeout = .milliseconds(200) })
    let connection = try server.accept()
    _ = try connection.receivePacket()
    _ = try connection.receiveUntilClosed()
    connection.close()
    #expect(try recorder.disconnection().reason == .timedOut(.connack, 200_000_000))
  }

  @Test func `a configuration that cannot be encoded never reaches the network`() throws {
    let server = try ScriptedServer()
    let end = try Recorder(.loopback(server.port) { $0.clientID = "a\0b" }).disconnection()
    guard case .unsendable = end.reason else {
      Issue.record("\(end)")
      return
    }
  }

  @Test(arguments: [
    (
      Disconnection.Reason.refused(.notAuthorized, []),
      "The broker refused the connection: 135 Not authorized. Does it want a user and a password, are they right, and may "
        + "this user connect from here?"
    ),
    (
      .refused(.badUserNameOrPassword, [], .v3_1_1),
      "The broker refused the connection: 4 Bad user name or password. Check the user name and the password."
    ),
    (
      .dismissed(.sessionTakenOver, []),
      "The broker ended the connection: 142 Session taken over. Another client uses the same client identifier."
    ),
    (
      .malformed(
        MalformedPacket(packet: .suback, field: "reason code", offset: 4, reason: .malformedPacket, explanation: "is 3")
      ), "The broker sent a malformed packet. SUBACK: the reason code at byte 4 is 3 (0x81 Malformed packet)."
    ),
    (.unknownHost("h"), "The host name h has no address: is it spelled right?"),
    (
      .timedOut(.network, 10_000_000_000), "[::1]:1883 did not answer within 10 s: is it reachable?"
    ),
    (
      .keepAliveLost(60), "The broker fell silent: no answer to a ping with a keep alive of 60 s."
    ),
  ]) func `every end has its sentence`(reason: Disconnection.Reason, sentence: String) {
    #expect(Disconnection(reason, endpoint: .tcp(host: "::1", port: 1883)).description == sentence)
  }
}
