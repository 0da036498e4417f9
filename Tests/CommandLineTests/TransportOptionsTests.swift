import ArgumentParser
import Explorer
import MQTTClient
import Testing

@testable import mqttscope

@Suite struct TransportOptionsTests {
  private func configuration(_ url: String, _ arguments: String...) throws -> Configuration {
    let command = try #require(try MQTTScope.parseAsRoot(["subscribe", url, "a"] + arguments) as? SubscribeCommand)
    return try command.connection.configuration(for: url)
  }

  private func failure(_ url: String, _ arguments: String...) throws -> Failure? {
    let command = try #require(try MQTTScope.parseAsRoot(["subscribe", url, "a"] + arguments) as? SubscribeCommand)
    return #expect(throws: Failure.self) { try command.connection.configuration(for: url) }
  }

  @Test func `every option of TLS reaches its place`() throws {
    let pin = String(repeating: "0f", count: 32)
    let tls = try configuration(
      "mqtts://h", "--cafile", "/ca", "--cert", "/c", "--key", "/k", "--server-name", "n",
      "--alpn", "x-amzn-mqtt-ca,mqtt", "--tls-min", "1.3", "--pin", pin
    ).tls
    #expect(tls.certificateAuthorities == "/ca" && tls.certificate == "/c" && tls.privateKey == "/k")
    #expect(tls.serverName == "n" && tls.applicationProtocols == ["x-amzn-mqtt-ca", "mqtt"])
    let fingerprint = try #require(Fingerprint(pin))
    #expect(tls.minimumVersion == .v1_3 && tls.verification == .pinned([fingerprint]))
    #expect(try configuration("wss://h", "--insecure").tls.verification == .none)
    #expect(try configuration("mqtts://h").tls == TLS())
  }

  @Test func `a header is taken apart, and a value may come from the environment`() throws {
    let headers = try configuration(
      "ws://h", "--ws-header", "X-One: a: b", "--ws-header", "X-Two:c", "--ws-header", "X-Path: @PATH"
    ).webSocketHeaders
    #expect(headers.prefix(2) == [WebSocketHeader("X-One", "a: b"), WebSocketHeader("X-Two", "c")])
    #expect(headers.last?.value.contains("/bin") == true)
  }

  @Test(arguments: [
    ("mqtt://h", ["--cafile", "x"]), ("ws://h", ["--insecure"]), ("mqtts://h", ["--ws-header", "A: b"]),
    ("mqtts://h", ["--key", "k"]), ("mqtts://h", ["--insecure", "--pin", String(repeating: "00", count: 32)]),
    ("mqtts://h", ["--pin", "abc"]), ("ws://h", ["--ws-header", "no colon"]), ("ws://h", ["--ws-header", "A b: c"]),
    ("ws://h", ["--ws-header", "Sec-WebSocket-Key: x"]), ("ws://h", ["--ws-header", "A: x\r\nB: y"]),
    ("ws://h", ["--ws-header", "A: @MQTTSCOPE_NO_SUCH_VARIABLE"]),
    ("h", ["--proxy", "ftp://p"]), ("h", ["--proxy", "p:1"]), ("h", ["--proxy", "socks5://p:0"]),
  ])
  func `an option that would do nothing, or nothing good, is a mistake of usage`(
    url: String, arguments: [String]
  ) throws {
    let command = try #require(try MQTTScope.parseAsRoot(["subscribe", url, "a"] + arguments) as? SubscribeCommand)
    let failure = #expect(throws: Failure.self) { try command.connection.configuration(for: url) }
    #expect(failure?.exitCode == 64)
  }

  @Test func `a proxy's password on the command line is refused and not repeated`() throws {
    guard case .usage(let sentence)? = try failure("h", "--proxy", "socks5://ann:s3cret@p:1") else { return }
    #expect(!sentence.contains("s3cret") && sentence.contains("ALL_PROXY"))
  }

  @Test(arguments: [
    ("socks5://p", Proxy(.socks5, host: "p", port: 1080)), ("socks5h://[::1]:9", Proxy(.socks5, host: "::1", port: 9)),
    ("http://p/", Proxy(.http, host: "p", port: 3128)),
    (
      "http://a%40b:p%3Aw@p:8080",
      Proxy(.http, host: "p", port: 8080, username: "a@b", password: "p:w")
    ),
  ])
  func `a proxy is taken from the environment`(text: String, proxy: Proxy) throws {
    for name in ["ALL_PROXY", "all_proxy"] {
      #expect(try ProxyChoice(nil) { $0 == name ? text : nil }.proxy(for: "broker") == proxy)
    }
  }

  @Test(arguments: [
    ("broker.example", "broker.example", false), ("a.broker.example", "broker.example", false),
    ("a.broker.example", ".broker.example", false), ("xbroker.example", "broker.example", true),
    ("BROKER", "other, broker", false), ("broker", "*", false), ("broker", "", true),
    ("localhost", "", false), ("127.0.0.9", "", false), ("::1", "", false), ("10.0.0.1", "10.0.0.1", false),
  ])
  func `NO_PROXY and this machine are reached directly`(host: String, exempt: String, isUsed: Bool) throws {
    let choice = ProxyChoice(nil) { $0 == "ALL_PROXY" ? "http://p:1" : $0 == "NO_PROXY" ? exempt : nil }
    #expect(try (choice.proxy(for: host) != nil) == isUsed)
  }

  @Test func `what is said on the command line is done, and none is none`() throws {
    let environment = { (name: String) -> String? in name == "ALL_PROXY" ? "http://p:1" : nil }
    #expect(try ProxyChoice("none", variable: environment).proxy(for: "broker") == nil)
    let own = try ProxyChoice("socks5://q", variable: environment).proxy(for: "localhost")
    #expect(own == Proxy(.socks5, host: "q", port: 1080))
  }
}
