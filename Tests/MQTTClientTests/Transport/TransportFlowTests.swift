import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// The same flow over each transport, against a real broker, in both versions.
struct TransportFlowTests {
  @Test(arguments: Road.allCases, ProtocolVersion.allCases)
  func `messages of each QoS go out and come back, small and large`(road: Road, version: ProtocolVersion) throws {
    let broker = try road.start()
    let setting = BrokerSetting(kind: .mosquitto(road), version: version)
    let recorder = Recorder(
      try setting.configuration("road", at: broker.address) {
        $0.subscriptions = [Subscription(filter: "#", qos: .exactlyOnce)]
      })
    let connection = try recorder.connection()
    #expect(connection.version == version)
    #expect((connection.transport.security != nil) == road.isSecure)
    #expect(connection.transport.security?.isVerified != false)
    _ = try recorder.grants()
    let largest = setting.kind.oddities.contains(.losesLargeMessages) ? 100_000 : 1_000_000
    for qos in QoS.allCases {
      for size in [0, 1, 70_000, largest] {
        let payload = ByteBuffer(repeating: UInt8(ascii: "x"), count: size)
        recorder.client.perform(.publish(1, Message(topic: "a", payload: payload, qos: qos)))
        let message = try recorder.messages(1)
        #expect(message.first?.payload == payload && message.first?.qos == qos)
      }
    }
    // Many packets in few frames, records and reads
    for number in 0..<200 {
      let payload = ByteBuffer(string: "\(number)")
      recorder.client.perform(.publish(1, Message(topic: "a", payload: payload, qos: .atLeastOnce)))
    }
    #expect(try recorder.messages(200).map(\.payload) == (0..<200).map { ByteBuffer(string: "\($0)") })
    recorder.client.perform(.disconnect(.success, []))
    #expect(try recorder.disconnection().reason == .requested)
  }

  @Test(arguments: ["localhost", "127.0.0.1", "::1"])
  func `a host is reached by name and by address of either family`(host: String) throws {
    let port = try Loopback.freePort()
    let broker = try Mosquitto { _ in
      ["allow_anonymous true", "listener \(port) ::1"]
    }
    let deadline = Deadline(in: .seconds(10))
    while try !broker.log.contains("mosquitto version 2") || !broker.log.contains("running") {
      guard !deadline.isPast else { throw TestSupportError("mosquitto does not run") }
    }
    let recorder = Recorder(
      .loopback(broker.port) { $0.endpoint = .tcp(host: host, port: Int(host == "::1" ? port : broker.port)) })
    #expect(try recorder.connection().transport == Transport())
  }

  @Test func `TLS says what it settled, and the certificate's own words`() throws {
    let identities = try TestIdentities.shared()
    let broker = try Broker(.tls(identities.broker))
    let security = try #require(try Recorder(broker.configuration()).connection().transport.security)
    #expect(security.version == .v1_3 && security.isVerified)
    let certificate = try #require(security.certificate)
    #expect(certificate.subject == "localhost" && certificate.issuer == "Test Authority")
    #expect(certificate.names == ["localhost", "127.0.0.1", "::1"] && !certificate.isSelfSigned)
    let fingerprint = try Certificates.fingerprint(of: identities.broker)
    #expect(certificate.fingerprint.description == fingerprint)
  }

  @Test func `user and password pass through TLS, and a wrong one is refused by the broker`() throws {
    let folder = try TemporaryFolder()
    let passwords = "\(folder.path)/passwords"
    _ = try PipedProgram.run("mosquitto_passwd", ["-b", "-c", passwords, "ann", "secret"])
    let identities = try TestIdentities.shared()
    let broker = try Broker(.tls(identities.broker), ["allow_anonymous false", "password_file \(passwords)"])
    let welcome = Recorder(
      try broker.configuration {
        $0.username = "ann"
        $0.password = Array("secret".utf8)
      })
    _ = try welcome.connection()
    let end = try broker.end {
      $0.username = "ann"
      $0.password = Array("wrong".utf8)
    }
    #expect(end.reason == .refused(.notAuthorized, []))
  }

  @Test func `a broker that is gone and back is found again over TLS, and stopping does not wait`() async throws {
    let broker = try Broker(.tls(try TestIdentities.shared().broker))
    let recorder = Recorder(
      try broker.configuration { $0.reconnection = .backoff(Backoff(first: .milliseconds(50))) })
    _ = try recorder.connection()
    try broker.mosquitto.kill()
    _ = try recorder.disconnection()
    try broker.mosquitto.start()
    _ = try recorder.connection()
    await recorder.client.stop()
    #expect(try recorder.disconnection().reason == .requested)
  }
}
