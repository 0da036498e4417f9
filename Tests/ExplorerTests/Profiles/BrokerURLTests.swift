import MQTTClient
import Testing

@testable import Explorer

@Suite struct BrokerURLTests {
  @Test(arguments: [
    ("mqtt://broker.local", "broker.local", 1883, nil),
    ("mqtt://broker.local:1884/", "broker.local", 1884, nil),
    ("MQTT://broker.local", "broker.local", 1883, nil),
    ("tcp://10.0.0.1:99", "10.0.0.1", 99, nil),
    ("broker.local", "broker.local", 1883, nil),
    ("localhost:65535", "localhost", 65_535, nil),
    ("mqtt://[::1]:1885", "::1", 1885, nil), ("mqtt://[fe80::1%25eth0]", "fe80::1%eth0", 1883, nil),
    ("mqtt://[fe80::1%eth0]:1", "fe80::1%eth0", 1, nil),
    ("[fe80::1%eth0]", "fe80::1%eth0", 1883, nil),
    ("mqtt://ann@host", "host", 1883, "ann"),
    ("ann@host:1", "host", 1, "ann"),
    ("mqtt://ann%40home%C3%A9@host", "host", 1883, "ann@homeé"),
    ("mqtt://a@b@host", "host", 1883, "a@b"),
    ("mqtt://@host", "host", 1883, nil),
  ])
  func `a URL, a host with a port, and a bare host all say where`(
    text: String, host: String, port: Int, username: String?
  ) throws {
    let url = try BrokerURL(text)
    #expect(url.endpoint == .tcp(host: host, port: port) && url.username == username)
  }

  @Test(arguments: [
    ("mqtts://broker", Endpoint.tls(host: "broker", port: 8883)), ("ssl://broker:1/", .tls(host: "broker", port: 1)),
    ("tls://[::1]", .tls(host: "::1", port: 8883)), ("MQTTS://ann@h", .tls(host: "h", port: 8883)),
    ("ws://broker", .webSocket(host: "broker", port: 80, path: "/mqtt")),
    ("ws://broker/", .webSocket(host: "broker", port: 80, path: "/")),
    ("ws://broker:8083/a/b?token=x", .webSocket(host: "broker", port: 8083, path: "/a/b?token=x")),
    ("ws://broker?token=x", .webSocket(host: "broker", port: 80, path: "/?token=x")),
    ("wss://ann@broker/mqtt", .secureWebSocket(host: "broker", port: 443, path: "/mqtt")),
    ("unix:///run/mosquitto.sock", .unix(path: "/run/mosquitto.sock")),
    ("mqtt+unix:///a b@c", .unix(path: "/a b@c")), ("unix:/run/x", .unix(path: "/run/x")),
  ])
  func `each transport has its scheme, its port and its path`(text: String, endpoint: Endpoint) throws {
    #expect(try BrokerURL(text).endpoint == endpoint)
  }

  @Test(arguments: [
    Endpoint.tcp(host: "h", port: 1), .tls(host: "::1", port: 2), .webSocket(host: "h", port: 3, path: "/x?y"),
    .secureWebSocket(host: "h", port: 4, path: "/"), .unix(path: "/run/x"),
  ])
  func `what people read of an endpoint they can type`(endpoint: Endpoint) throws {
    #expect(try BrokerURL(endpoint.description).endpoint == endpoint)
  }

  @Test(arguments: ["mqtt://ann:secret@host", "ann:secret@host", "mqtt://:secret@host", "mqtt://a:se:cret@h"])
  func `a password is refused and not repeated`(text: String) {
    let error = #expect(throws: BrokerURLError.password) { try BrokerURL(text) }
    #expect(error?.description.contains("cret") == false)
  }

  @Test(arguments: [
    ("", BrokerURLError.noHost), ("mqtt://", .noHost), (":1883", .noHost), ("mqtt://[]", .noHost),
    ("http://host", .scheme("http")), ("mqtt://host/topic", .path), ("host?x", .path), ("host#", .path),
    ("ws://host/a#b", .webSocketPath), ("ws://host/a b", .webSocketPath), ("ws://host/\r\nX: y", .webSocketPath),
    ("unix://", .socket), ("unix://run/x", .socket), ("unix:///", .socket), ("unix:///a\0b", .socket),
    ("::1", .bareIPv6("::1")), ("mqtt://[::1", .bracket), ("[::1]x", .bracket),
    ("host:", .port("")), ("host:0", .port("0")), ("host:65536", .port("65536")), ("host:-1", .port("-1")),
    ("host:१", .port("१")), ("a b", .host("a b")), ("a\u{1b}[2J", .host("a\u{1b}[2J")),
    ("mqtt://a%4@host", .percent), ("mqtt://a%zz@host", .percent), ("mqtt://a%FF@host", .percent),
  ])
  func `what is no place of a broker says why`(text: String, error: BrokerURLError) {
    #expect(throws: error) { try BrokerURL(text) }
  }

  @Test func `random text never traps`() {
    let alphabet = Array("mqttswunix:/[]@%#?:0159aé \u{0}")
    for _ in 0..<5000 {
      let text = String((0..<Int.random(in: 0...12)).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] })
      _ = try? BrokerURL(text)
    }
  }
}
