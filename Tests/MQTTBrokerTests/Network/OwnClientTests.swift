import Dispatch
import FoundationEssentials
import MQTT
import MQTTBroker
import MQTTClient
import NIOCore
import NIOPosix
import TestSupport
import Testing

/// Our own client against our own broker, over everything that carries MQTT.
struct OwnClientTests {
  /// Publishes to itself at each QoS; what came.
  private func echo(_ configuration: Configuration) throws -> [String] {
    let arrived = DispatchSemaphore(value: 0)
    let inbox = Inbox { arrived.signal() }
    var configuration = configuration
    configuration.reconnection = .never
    configuration.subscriptions = [Subscription(filter: "echo/#", qos: .exactlyOnce)]
    let client = Client(configuration, inbox: inbox, on: MultiThreadedEventLoopGroup.singleton)
    client.start()
    defer { client.perform(.disconnect(.success, [])) }
    var payloads: [String] = []
    var events: [Event] = []
    while payloads.count < 3 {
      guard arrived.wait(timeout: .now() + .seconds(20)) == .success else {
        throw TestSupportError("only \(payloads) came")
      }
      inbox.take(into: &events)
      for event in events {
        switch event {
        case .subscribed:
          for qos in QoS.allCases {
            let message = Message(topic: "echo/a", payload: ByteBuffer(string: "\(qos.rawValue)"), qos: qos)
            client.perform(.publish(RequestID(rawValue: UInt64(qos.rawValue) + 1), message))
          }
        case .messages(let batch):
          for view in batch.views {
            payloads.append(String(buffer: try Publish(view, in: batch.buffer, version: batch.version).payload))
          }
        case .disconnected(let end): throw TestSupportError(end.description)
        default: break
        }
      }
      events.removeAll()
    }
    return payloads
  }

  @Test(arguments: ProtocolVersion.allCases) func `messages go over TCP, WebSocket and a socket in the file system`(
    version: ProtocolVersion
  ) throws {
    let folder = try TemporaryFolder()
    let tcp = try RunningBroker()
    let webSocket = try RunningBroker("ws://127.0.0.1:0")
    let unix = try RunningBroker("unix://\(folder.path)/s")
    for endpoint in [
      Endpoint.tcp(host: "127.0.0.1", port: tcp.listener.port),
      .webSocket(host: "127.0.0.1", port: webSocket.listener.port, path: "/mqtt"), .unix(path: "\(folder.path)/s"),
    ] {
      var configuration = Configuration(endpoint, clientID: "own")
      configuration.protocolChoice = .only(version)
      #expect(try echo(configuration).sorted() == ["0", "1", "2"])
    }
    withExtendedLifetime(unix) {}
  }

  @Test func `messages go over TLS, with and without a WebSocket in it`() throws {
    let certificates = try Certificates()
    let files = try certificates.issue(["DNS:localhost"], named: "broker")
    let identity = try ServerIdentity(
      certificate: Array(try Data(contentsOf: URL(filePath: files.certificate))),
      key: Array(try Data(contentsOf: URL(filePath: files.key))))
    let tls = try RunningBroker("mqtts://localhost:0", identity: identity)
    let webSocket = try RunningBroker("wss://localhost:0", identity: identity)
    for endpoint in [
      Endpoint.tls(host: "localhost", port: tls.listener.port),
      .secureWebSocket(host: "localhost", port: webSocket.listener.port, path: "/"),
    ] {
      var configuration = Configuration(endpoint, clientID: "own")
      configuration.tls.certificateAuthorities = certificates.authority
      #expect(try echo(configuration).sorted() == ["0", "1", "2"])
    }
  }

  @Test func `a password is proven by SCRAM-SHA-256, both ways`() throws {
    let users = ["ann,=": Credential(Array("sécret".utf8))]
    let broker = try RunningBroker(access: Access(users: users))
    var configuration = Configuration(.tcp(host: "127.0.0.1", port: broker.listener.port), clientID: "own")
    configuration.protocolChoice = .only(.v5)
    configuration.authentication = .scramSHA256(username: "ann,=", password: Array("sécret".utf8))
    #expect(try echo(configuration).sorted() == ["0", "1", "2"])
    configuration.authentication = .scramSHA256(username: "ann,=", password: Array("secret".utf8))
    #expect(throws: TestSupportError.self) { try echo(configuration) }
  }

  @Test func `a WebSocket that is none of MQTT is refused, and a text frame closes it`() throws {
    let broker = try RunningBroker("ws://127.0.0.1:0")
    let other = try broker.connect()
    try other.send(Array("GET / HTTP/1.1\r\nhost: x\r\n\r\n".utf8))
    #expect(String(decoding: try other.receiveUntilClosed(), as: UTF8.self).hasPrefix("HTTP/1.1 400"))
    let client = try broker.connect()
    let head = """
      GET /mqtt HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: other, mqtt\r\n\r\n
      """
    try client.send(Array(head.utf8))
    // A text frame, masked with zeros
    try client.send([UInt8](written: "81 81 00000000 'x'"))
    let answer = try client.receiveUntilClosed()
    let text = String(decoding: answer, as: UTF8.self)
    #expect(text.hasPrefix("HTTP/1.1 101") && text.lowercased().contains("sec-websocket-protocol: mqtt\r\n"))
    #expect(answer.suffix(4) == [UInt8](written: "88 02 03EB"))
  }
}
