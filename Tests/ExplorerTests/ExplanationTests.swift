import MQTT
import MQTTClient
import Testing

@testable import Explorer

@Suite struct ExplanationTests {
  private static let endpoint = Endpoint.tcp(host: "broker.local", port: 1883)

  static let certificate = PeerCertificate(
    subject: "other.example", issuer: "Example CA", names: ["other.example"], notBefore: 1_700_000_000,
    notAfter: 1_800_000_000, isSelfSigned: false, fingerprint: Fingerprint(ofCertificate: [1, 2, 3]))

  private static let tls: [TLSFailure] = [
    .expired(certificate), .notYetValid(certificate), .selfSigned(certificate), .unknownAuthority(certificate),
    .unknownAuthority(nil), .wrongName("broker.local", certificate), .notPinned(certificate), .certificateDemanded,
    .certificateRefused("bad certificate"), .versionRefused(ours: .v1_2), .versionRefused(ours: .v1_3),
    .applicationProtocolsRefused(["mqtt"]), .nameRefused("broker.local"), .handshakeRefused(hasCertificate: true),
    .handshakeRefused(hasCertificate: false), .notTLS(nil), .notTLS(.banner("220 mail")), .closed,
    .unsendable("the name is too long"), .other("BAD_DECRYPT"),
  ]

  private static let onTheWay: [Disconnection.Reason] =
    [
      .noSocket, .timedOut(.proxy, 1), .timedOut(.tls, 1), .timedOut(.webSocket, 1),
      .notMQTT(.tls), .notMQTT(.http("HTTP/1.1 200 OK")), .notMQTT(.banner("220 mail")),
      .webSocket(.refused(status: 404, words: "Not Found")), .webSocket(.noMQTT(subprotocol: nil)),
      .webSocket(.invalid("no Upgrade")), .webSocket(.closed(code: 1008, words: "")), .webSocket(.text),
      .webSocket(.notHTTP), .webSocket(.unsendable(header: "x")),
      .probablyTakenOver(clientID: "me-17", times: 3), .unknownSession(clientID: "me-17"),
      .notAuthenticated(.wrongSignature),
    ] + tls.map(Disconnection.Reason.tls)
    + [
      .unreadable("No such file"), .notRegular, .tooLarge, .noCertificate, .noKey, .passphraseMissing, .passphraseWrong,
      .passphraseNotASCII, .keyDoesNotMatch(certificate: "c.pem"), .noSystemAuthorities,
    ].map { .unusableFile(UnusableFile("k.pem", .privateKey, $0)) }
    + [
      .unreachable("refused"), .credentialsWanted, .credentialsRefused, .socks(2), .http(status: 403, words: ""),
      .notAProxy, .closed, .unsendable,
    ].map { .proxy(ProxyFailure(Proxy(.socks5, host: "proxy", port: 1080), $0)) }

  private static let reasons: [Disconnection.Reason] =
    onTheWay + [
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
  func `to one who has a profile its fields are named, and no option`(reason: Disconnection.Reason) throws {
    for user in [nil, "ann"] {
      let known = Explanation.Circumstances(clientID: "me-17", username: user, isProfile: true)
      let explanation = try #require(Explanation(Disconnection(reason, endpoint: Self.endpoint), known))
      for sentence in [explanation.what] + explanation.why + explanation.tries {
        #expect(!sentence.contains(/(^|[ (])--[a-z]/) && !sentence.contains("-t FILTER"), "\(sentence)")
      }
      let options = try #require(explain(reason, user: user))
      #expect((options.tries == explanation.tries) == !explanation.tries.contains(ProfileWords.way))
    }
  }

  @Test func `the field of a profile has the name that stands in its form`() throws {
    let known = Explanation.Circumstances(clientID: "", isProfile: true)
    let end = Disconnection(.tls(.selfSigned(Self.certificate)), endpoint: Self.endpoint)
    let explanation = try #require(Explanation(end, known))
    #expect(explanation.what.contains("trust it: “Pinned cert” \(Self.certificate.fingerprint), or “CA file”"))
    #expect(explanation.tries.suffix(2) == ["Or give its file: “CA file”.", "B, then e, changes the profile."])
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
    #expect(known.tries[0].contains("password of the user ada"))
    #expect(known.tries.contains { $0.contains("“me-17”") })
    let nameless = try #require(
      Explanation(Disconnection(.refused(.notAuthorized, []), endpoint: Self.endpoint), .init(clientID: "")))
    #expect(nameless.tries.contains { $0.contains("The client identifier, a new one each time, may not be allowed") })
  }

  @Test func `a refusal of 3·1·1 is told with the return code that was sent`() throws {
    for code in 1...5 as ClosedRange<UInt8> {
      let reasons: [ReasonCode] = [
        .unsupportedProtocolVersion, .clientIdentifierNotValid, .serverUnavailable, .badUserNameOrPassword,
        .notAuthorized,
      ]
      let explanation = try #require(explain(.refused(reasons[Int(code) - 1], [], .v3_1_1)))
      #expect(explanation.why[0].hasPrefix("The broker sent CONNACK with \(code) (0x0\(code)) "))
      #expect(explanation.what.contains(": \(code) "))
    }
  }

  @Test func `a take-over names the client identifier`() throws {
    let explanation = try #require(explain(.dismissed(.sessionTakenOver, [])))
    #expect(
      explanation.tries.contains { $0.contains("me-17") } && explanation.tries.contains { $0.contains("--client-id") })
  }

  @Test(arguments: [
    (Stranger.http("HTTP/1.1 400 Bad Request"), "web server", "ws://"),
    (.banner("SSH-2.0-OpenSSH_9"), "another protocol", "1883"), (.tls, "TLS", "mqtts://"),
  ])
  func `who answers in the broker's place is named, and where the broker may be`(
    stranger: Stranger, what: String, help: String
  ) throws {
    let explanation = try #require(explain(.notMQTT(stranger)))
    #expect(explanation.why.contains { $0.contains(what) } && explanation.tries.contains { $0.contains(help) })
  }

  @Test(arguments: [([0, 1, 255], "It sent: 00 01 ff"), (Array("hello\r\n".utf8), "It sent: “hello”")])
  func `a malformed packet is shown by its bytes`(bytes: [UInt8], words: String) throws {
    let bad = MalformedPacket(
      packet: nil, field: "packet type", offset: 0, reason: .protocolError, explanation: "is 0, which is reserved")
    let explanation = try #require(explain(.malformed(bad), bytes))
    #expect(explanation.why.contains(words))
  }

  @Test func `a certificate that does not do speaks for itself`() throws {
    let explanation = try #require(explain(.tls(.wrongName("broker.local", Self.certificate))))
    #expect(
      explanation.why == [
        "Its certificate is for other.example, issued by “Example CA”, valid from 2023-11-14 to 2027-01-15.",
        "The SHA-256 of it is \(Self.certificate.fingerprint).",
      ])
    #expect(explanation.tries.contains { $0.contains("--server-name") })
  }

  @Test func `another server is offered, by the same transport`() throws {
    let end = Disconnection(
      .refused(.useAnotherServer, [.serverReference("other.example other.example:99")]),
      endpoint: .tls(host: "broker.local", port: 8883))
    let offer = try #require(ReconnectionOffer(end, clientID: "me"))
    #expect(offer == .server(.tls(host: "other.example", port: 8883)))
    #expect(offer.sentence.hasPrefix("f goes to mqtts://other.example:8883"))
    #expect(ReconnectionOffer(Disconnection(.connectionRefused, endpoint: end.endpoint), clientID: "me") == nil)
  }
}
