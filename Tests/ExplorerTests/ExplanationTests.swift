import MQTT
import MQTTClient
import Testing

@testable import Explorer

@Suite struct ExplanationTests {
  private static let endpoint = Endpoint.tcp(host: "broker.local", port: 1883)

  private static let reasons: [Disconnection.Reason] =
    [
      .closed(wasAccepted: true), .closed(wasAccepted: false), .unknownHost("broker.local"), .connectionRefused,
      .timedOut(.network, 10_000_000_000), .timedOut(.connack, 10_000_000_000), .network("no route to host"),
      .keepAliveLost(60), .protocolError(.protocolError, "CONNACK came twice"),
      .unsendable(.nullCharacter(field: "user name")),
      .malformed(
        MalformedPacket(
          packet: .connack, field: "flags", offset: 0, reason: .malformedPacket, explanation: "are 8, not 0")),
    ] + (0x80...0xA2).flatMap { [.refused(ReasonCode(rawValue: $0), []), .dismissed(ReasonCode(rawValue: $0), [])] }

  private func explain(_ reason: Disconnection.Reason, _ bytes: [UInt8] = [], user: String? = nil) -> Explanation? {
    Explanation(
      Disconnection(reason, endpoint: Self.endpoint),
      Explanation.Circumstances(clientID: "me-17", username: user, lastBytes: bytes))
  }

  @Test(arguments: reasons)
  func `every end says what happened, why, and what to try`(reason: Disconnection.Reason) throws {
    let explanation = try #require(explain(reason))
    #expect(explanation.what == Disconnection(reason, endpoint: Self.endpoint).description)
    #expect(!explanation.why.isEmpty && !explanation.tries.isEmpty)
    #expect((explanation.why + explanation.tries).allSatisfy { $0.count < 200 })
  }

  @Test func `an end that was asked for needs no explanation`() {
    #expect(explain(.requested) == nil)
  }

  @Test func `a refusal names its code both ways and the broker's own words`() throws {
    let explanation = try #require(
      explain(.refused(.notAuthorized, [.reasonString("no"), .userProperty(UserProperty("site", "7"))])))
    #expect(
      explanation.why == [
        "The broker sent CONNACK with 135 (0x87) Not authorized.", "It says: “no”.", "It says site: 7",
      ])
    #expect(explanation.tries[0].contains("--username"))
    let known = try #require(explain(.refused(.notAuthorized, []), user: "ada"))
    #expect(known.tries[0].contains("the user ada"))
  }

  @Test func `a take-over names the client identifier`() throws {
    let explanation = try #require(explain(.dismissed(.sessionTakenOver, [])))
    #expect(
      explanation.tries.contains { $0.contains("me-17") } && explanation.tries.contains { $0.contains("--client-id") })
  }

  @Test(arguments: [
    ("HTTP/1.1 400 Bad Request\r\n", "web server", "ws://"), ("SSH-2.0-OpenSSH_9\r\n", "another protocol", "1883"),
    ("\u{15}\u{3}\u{3}\u{0}\u{2}\u{2}\u{46}", "TLS", "mqtts://"),
  ])
  func `what answered in the broker's place is recognised by its bytes`(
    answer: String, what: String, help: String
  ) throws {
    let bad = MalformedPacket(
      packet: nil, field: "packet type", offset: 0, reason: .protocolError, explanation: "is 0, which is reserved")
    let explanation = try #require(explain(.malformed(bad), Array(answer.utf8)))
    #expect(explanation.why.contains { $0.contains(what) } && explanation.tries.contains { $0.contains(help) })
  }
}
