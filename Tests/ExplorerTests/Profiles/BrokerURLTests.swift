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
    ("mqtt://[::1]:1885", "::1", 1885, nil),
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
    #expect(url.host == host && url.port == port && url.username == username)
    #expect(url.endpoint == .tcp(host: host, port: port))
  }

  @Test(arguments: ["mqtts", "ws", "wss", "unix", "ssl"])
  func `a transport that is not there yet is announced`(scheme: String) {
    let error = #expect(throws: BrokerURLError.self) { try BrokerURL("\(scheme)://host") }
    #expect(error?.description.contains("next release") == true)
  }

  @Test(arguments: ["mqtt://ann:secret@host", "ann:secret@host", "mqtt://:secret@host", "mqtt://a:se:cret@h"])
  func `a password is refused and not repeated`(text: String) {
    let error = #expect(throws: BrokerURLError.password) { try BrokerURL(text) }
    #expect(error?.description.contains("cret") == false)
  }

  @Test(arguments: [
    ("", BrokerURLError.noHost), ("mqtt://", .noHost), (":1883", .noHost), ("mqtt://[]", .noHost),
    ("http://host", .scheme("http")), ("mqtt://host/topic", .path), ("host?x", .path), ("host#", .path),
    ("::1", .bareIPv6("::1")), ("mqtt://[::1", .bracket), ("[::1]x", .bracket),
    ("host:", .port("")), ("host:0", .port("0")), ("host:65536", .port("65536")), ("host:-1", .port("-1")),
    ("host:१", .port("१")), ("a b", .host("a b")), ("a\u{1b}[2J", .host("a\u{1b}[2J")),
    ("mqtt://a%4@host", .percent), ("mqtt://a%zz@host", .percent), ("mqtt://a%FF@host", .percent),
  ])
  func `what is no place of a broker says why`(text: String, error: BrokerURLError) {
    #expect(throws: error) { try BrokerURL(text) }
  }

  @Test func `random text never traps`() {
    let alphabet = Array("mqtt:/[]@%#?:0159aé \u{0}")
    for _ in 0..<5000 {
      let text = String((0..<Int.random(in: 0...12)).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] })
      _ = try? BrokerURL(text)
    }
  }
}
