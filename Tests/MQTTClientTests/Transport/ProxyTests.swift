import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// The whole client through a proxy, to a real broker.
struct ProxyTests {
  private func flow(_ configuration: Configuration) throws -> Connection {
    let recorder = Recorder(configuration)
    let connection = try recorder.connection()
    _ = try recorder.grants()
    let payload = ByteBuffer(repeating: 7, count: 300_000)
    recorder.client.perform(.publish(1, Message(topic: "a", payload: payload, qos: .exactlyOnce)))
    #expect(try recorder.messages(1).map(\.payload) == [payload])
    return connection
  }

  @Test(arguments: [Proxy.Kind.socks5, .http], ProtocolVersion.allCases)
  func `MQTT goes through a proxy, and the proxy looks up the name`(kind: Proxy.Kind, version: ProtocolVersion) throws {
    let broker = try Mosquitto()
    let server = try ProxyServer()
    let proxy = Proxy(kind, host: "127.0.0.1", port: Int(server.port))
    let connection = try flow(
      .loopback(broker.port, version) {
        $0.endpoint = .tcp(host: "no-such-host.invalid", port: Int(broker.port))
        $0.proxy = proxy
        $0.subscriptions = [Subscription(filter: "#", qos: .exactlyOnce)]
      })
    #expect(connection.transport.proxy == proxy)
    let asked: ProxyServer.Request =
      kind == .http
      ? .connect("no-such-host.invalid:\(broker.port)", authorization: nil)
      : .socks(host: "no-such-host.invalid", port: broker.port, user: nil, password: nil)
    #expect(server.requests == [asked])
  }

  @Test func `TLS through a proxy verifies the broker and not the proxy, by name and by address`() throws {
    let identities = try TestIdentities.shared()
    let broker = try Broker(.tls(identities.broker))
    let server = try ProxyServer()
    for host in ["localhost", "::1"] {
      let connection = try flow(
        broker.configuration {
          $0.endpoint = .tls(host: host, port: broker.endpoint.address?.port ?? 0)
          $0.proxy = Proxy(.http, host: "localhost", port: Int(server.port))
          $0.subscriptions = [Subscription(filter: "#", qos: .exactlyOnce)]
        })
      #expect(connection.transport.security?.isVerified == true)
    }
    let end = try broker.end {
      $0.endpoint = .tls(host: "10.0.0.1", port: broker.endpoint.address?.port ?? 0)
      $0.proxy = Proxy(.socks5, host: "127.0.0.1", port: Int(server.port))
    }
    guard case .tls(.wrongName("10.0.0.1", _)) = end.reason else { throw TestSupportError("\(end.reason)") }
  }

  @Test func `a WebSocket in TLS goes through a proxy that wants a user`() throws {
    let broker = try Broker(.secureWebSocket(try TestIdentities.shared().broker))
    let server = try ProxyServer(wantsUser: true)
    var proxy = Proxy(.socks5, host: "127.0.0.1", port: Int(server.port), username: "ann", password: "secret")
    _ = try flow(
      broker.configuration {
        $0.proxy = proxy
        $0.subscriptions = [Subscription(filter: "#", qos: .exactlyOnce)]
      })
    proxy.password = "wrong"
    let end = try broker.end { $0.proxy = proxy }
    #expect(end.reason == .proxy(ProxyFailure(proxy, .credentialsRefused)))
    #expect(!end.description.contains("wrong"))
    proxy.username = nil
    #expect(try broker.end { $0.proxy = proxy }.reason == .proxy(ProxyFailure(proxy, .credentialsWanted)))
  }

  @Test func `a proxy that is not there, or says nothing, is told as the proxy`() throws {
    let port = try Loopback.freePort()
    let proxy = Proxy(.http, host: "127.0.0.1", port: Int(port))
    let gone = try Recorder(.loopback(1) { $0.proxy = proxy }).disconnection()
    #expect(gone.description.contains("The proxy http://127.0.0.1:\(port) cannot be reached: nobody listens there."))
    let server = try ScriptedServer()
    let recorder = Recorder(
      .loopback(1) {
        $0.proxy = Proxy(.socks5, host: "127.0.0.1", port: Int(server.port))
        $0.connectTimeout = .milliseconds(200)
      })
    let connection = try server.accept()
    #expect(try connection.receive(3) == [5, 1, 0])
    #expect(try recorder.disconnection().reason == .timedOut(.proxy, 200_000_000))
    #expect(try connection.receiveUntilClosed() == [])
  }

  @Test func `stopping gives up an opening at once`() async throws {
    let server = try ScriptedServer()
    let recorder = Recorder(.loopback(1) { $0.proxy = Proxy(.socks5, host: "127.0.0.1", port: Int(server.port)) })
    let connection = try server.accept()
    _ = try connection.receive(3)
    await recorder.client.stop()
    #expect(try recorder.disconnection().reason == .requested)
    #expect(try connection.receiveUntilClosed() == [])
  }
}
