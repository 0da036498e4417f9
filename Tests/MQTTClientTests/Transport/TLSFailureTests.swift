import MQTT
import MQTTClient
import TestSupport
import Testing

/// A server that speaks TLS 1.2 and nothing newer, and no MQTT.
private final class OlderServer {
  private let port: UInt16
  private let server: PipedProgram
  private let authority: String

  init(_ identities: TestIdentities, _ more: [String] = []) throws {
    authority = identities.authority
    port = try Loopback.freePort()
    server = try PipedProgram(
      "openssl",
      [
        "s_server", "-accept", "127.0.0.1:\(port)", "-tls1_2", "-cert", identities.broker.certificate, "-key",
        identities.broker.key, "-quiet",
      ] + more)
    try Mosquitto.waitForPorts([port])
  }

  func end(_ change: (inout TLS) -> Void = { _ in }) throws -> Disconnection {
    try Recorder(
      .loopback(port) {
        $0.endpoint = .tls(host: "127.0.0.1", port: Int(port))
        $0.tls.certificateAuthorities = authority
        $0.connectTimeout = .milliseconds(500)
        $0.reconnection = .backoff(Backoff())
        change(&$0.tls)
      }
    ).disconnection()
  }
}

/// What a real broker's TLS is refused for, in the certificate's own words.
struct TLSFailureTests {
  private let identities: TestIdentities

  init() throws { identities = try TestIdentities.shared() }

  private func failure(_ end: Disconnection) throws -> TLSFailure {
    guard case .tls(let failure) = end.reason else { throw TestSupportError("\(end) \(end.reason)") }
    return failure
  }

  @Test func `an expired certificate is told with its day`() throws {
    let end = try Broker(.tls(identities.expired)).end()
    guard case .expired = try failure(end) else { throw TestSupportError("\(end.reason)") }
    #expect(end.description.contains("expired on 2021-01-01"))
    #expect(end.retryIn == nil)
  }

  @Test func `a certificate of the future is told with its day`() throws {
    let end = try Broker(.tls(identities.early)).end()
    guard case .notYetValid = try failure(end) else { throw TestSupportError("\(end.reason)") }
    #expect(end.description.contains("valid from 2080-01-01"))
  }

  @Test func `a certificate for other names is told with the names it has`() throws {
    let broker = try Broker(.tls(identities.otherName))
    let end = try broker.end()
    guard case .wrongName("localhost", _) = try failure(end) else { throw TestSupportError("\(end.reason)") }
    #expect(end.description.contains("not for localhost: it is for broker.example, *.iot.example."))
    let named = Recorder(try broker.configuration { $0.tls.serverName = "a.iot.example" })
    #expect(try named.connection().transport.security?.isVerified == true)
  }

  @Test func `a certificate for the address that answers is none for the name that was asked for`() throws {
    let broker = try Broker(.tls(identities.addressAlone))
    guard case .wrongName("localhost", _) = try failure(broker.end()) else { throw TestSupportError("it was accepted") }
    let port = try #require(broker.endpoint.address?.port)
    for name in ["broker.example", "a.b.host", "host"] {
      let end = try Recorder(
        broker.configuration {
          $0.endpoint = .tls(host: "127.0.0.1", port: port)
          $0.tls.serverName = name
        }
      ).disconnection()
      guard case .wrongName(name, _) = try failure(end) else { throw TestSupportError("\(name): \(end.reason)") }
    }
    let named = Recorder(try broker.configuration { $0.tls.serverName = "A.host." })
    #expect(try named.connection().transport.security?.isVerified == true)
  }

  @Test(arguments: ["127.0.0.1", "127.0.0.2"]) func `an address is verified as one`(address: String) throws {
    let broker = try Broker(.tls(address == "127.0.0.1" ? identities.broker : identities.otherName))
    let port = try #require(broker.endpoint.address?.port)
    let configuration = try broker.configuration { $0.endpoint = .tls(host: "127.0.0.1", port: port) }
    if address == "127.0.0.1" {
      _ = try Recorder(configuration).connection()
    } else {
      guard case .wrongName("127.0.0.1", _) = try failure(Recorder(configuration).disconnection()) else {
        throw TestSupportError("an address that the certificate does not have was accepted")
      }
    }
  }

  @Test func `an authority that we do not know is told by name`() throws {
    let end = try Broker(.tls(identities.broker)).end { $0.tls.certificateAuthorities = identities.otherAuthority }
    guard case .unknownAuthority = try failure(end) else { throw TestSupportError("\(end.reason)") }
    #expect(end.description.contains("issued by “Test Authority”") && end.description.contains("--cafile"))
  }

  @Test func `the authorities of the system do not know ours`() throws {
    let end = try Broker(.tls(identities.broker)).end { $0.tls.certificateAuthorities = nil }
    switch end.reason {
    case .tls(.unknownAuthority), .unusableFile: break
    default: throw TestSupportError("\(end.reason)")
    }
  }

  @Test func `a self-signed certificate can be pinned by what the sentence says, or trusted as a file`() throws {
    let broker = try Broker(.tls(identities.alone))
    let end = try broker.end()
    guard case .selfSigned(let certificate) = try failure(end) else { throw TestSupportError("\(end.reason)") }
    #expect(end.description.contains("--pin \(certificate.fingerprint)"))
    let pinned = Recorder(
      try broker.configuration { $0.tls.verification = .pinned([certificate.fingerprint]) })
    #expect(try pinned.connection().transport.security?.isVerified == true)
    let trusted = Recorder(
      try broker.configuration { $0.tls.certificateAuthorities = identities.alone.certificate })
    _ = try trusted.connection()
  }

  @Test func `a certificate that is not the pinned one is refused, whoever issued it`() throws {
    let other = try #require(Fingerprint(String(repeating: "ab", count: 32)))
    let end = try Broker(.tls(identities.broker)).end { $0.tls.verification = .pinned([other]) }
    guard case .notPinned(let certificate?) = try failure(end) else { throw TestSupportError("\(end.reason)") }
    #expect(end.description.contains(certificate.fingerprint.description))
  }

  @Test func `without verification anybody is believed, and that is a fact of the connection`() throws {
    let broker = try Broker(.tls(identities.expired))
    let recorder = Recorder(try broker.configuration { $0.tls.verification = .none })
    let security = try recorder.connection().transport.security
    #expect(security?.isVerified == false && security?.certificate?.issuer == "Test Authority")
  }

  @Test func `a broker that demands a client certificate says so`() throws {
    let broker = try Broker(.tls(identities.broker, ["require_certificate true", "cafile \(identities.authority)"]))
    let end = try broker.end()
    #expect(end.reason == .tls(.certificateDemanded))
    #expect(end.description.contains("--cert") && end.retryIn == nil)
  }

  @Test func `a server of TLS 1_2 that demands one can only refuse, and the sentence thinks of it`() throws {
    let server = try OlderServer(identities, ["-Verify", "1", "-verify_return_error"])
    let end = try server.end()
    #expect(end.reason == .tls(.handshakeRefused(hasCertificate: false)))
    #expect(end.description.contains("--cert") && end.retryIn == nil)
  }

  @Test func `a client certificate of another authority is not accepted`() throws {
    let other = try Certificates("Stranger")
    let identity = try other.issue(["DNS:x"], named: "x")
    let broker = try Broker(
      .tls(identities.broker, ["require_certificate true", "cafile \(identities.authority)"]))
    let end = try broker.end {
      $0.tls.certificate = identity.certificate
      $0.tls.privateKey = identity.key
    }
    guard case .certificateRefused = try failure(end) else { throw TestSupportError("\(end.reason)") }
    #expect(end.description.contains("unknown authority"))
  }

  @Test func `a server of TLS 1_2 is not spoken to by those who want 1_3`() throws {
    let server = try OlderServer(identities)
    let end = try server.end { $0.minimumVersion = .v1_3 }
    #expect(end.reason == .tls(.versionRefused(ours: .v1_3)))
    #expect(end.description.contains("--tls-min 1.2"))
    #expect(try server.end().reason == .timedOut(.connack, 500_000_000))
  }

  @Test func `TLS to a port of plain MQTT is told as that`() throws {
    let broker = try Broker(.tls(identities.broker))
    let port = Int(broker.mosquitto.port)
    let end = try broker.end { $0.endpoint = .tls(host: "localhost", port: port) }
    #expect(end.reason == .tls(.closed))
    #expect(end.description.contains("mqtt://localhost:\(port)"))
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `plain MQTT to a port of TLS is told with the question to ask`(version: ProtocolVersion) throws {
    let broker = try Broker(.tls(identities.broker))
    let port = try #require(broker.endpoint.address?.port)
    let end = try Recorder(
      broker.configuration(version) { $0.endpoint = .tcp(host: "127.0.0.1", port: port) }
    ).disconnection()
    #expect(end.description.contains("TLS"), "\(end.reason)")
  }

  @Test func `the secrets of a connection go to the file for Wireshark`() throws {
    let folder = try TemporaryFolder()
    let broker = try Broker(.tls(identities.broker))
    let recorder = Recorder(try broker.configuration { $0.tls.keyLog = "\(folder.path)/keys" })
    _ = try recorder.connection()
    let text = try PipedProgram.run("cat", ["\(folder.path)/keys"]).outputText
    #expect(text.contains("CLIENT_TRAFFIC_SECRET_0 ") && text.hasSuffix("\n"))
  }
}
