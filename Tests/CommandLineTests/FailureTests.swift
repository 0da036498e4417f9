import MQTT
import MQTTClient
import Testing

@testable import mqttscope

@Suite struct FailureTests {
  @Test(
    arguments: [
      (.unknownHost("x"), 69), (.connectionRefused, 69), (.timedOut(.connack, 1), 69), (.network("x"), 69),
      (.closed(wasAccepted: false), 69), (.refused(.serverUnavailable, []), 69), (.refused(.serverBusy, []), 69),
      (.refused(.notAuthorized, []), 77), (.refused(.badUserNameOrPassword, []), 77), (.refused(.banned, []), 77),
      (.refused(.unsupportedProtocolVersion, []), 77), (.dismissed(.notAuthorized, []), 77),
      (.dismissed(.serverShuttingDown, []), 1), (.closed(wasAccepted: true), 1), (.keepAliveLost(60), 1),
      (.protocolError(.protocolError, "x"), 1), (.noSocket, 69), (.tls(.closed), 69), (.notMQTT(.tls), 69),
      (.proxy(ProxyFailure(Proxy(.http, host: "p", port: 1), .closed)), 69),
      (.webSocket(.refused(status: 404, words: "")), 69), (.webSocket(.refused(status: 403, words: "")), 77),
      (.webSocket(.text), 1), (.unusableFile(UnusableFile("x", .authorities, .tooLarge)), 1),
    ] as [(Disconnection.Reason, Int32)])
  func `the end of a connection has its exit code`(reason: Disconnection.Reason, code: Int32) {
    let end = Disconnection(reason, endpoint: .tcp(host: "h", port: 1))
    #expect(Failure(end).exitCode == code)
  }
}
