import MQTTBroker
import Testing

/// Addresses to listen on, as people write them.
struct ListenerTests {
  @Test(arguments: [
    ("1884", "mqtt://127.0.0.1:1884", true), ("0.0.0.0:1883", "mqtt://0.0.0.0:1883", false),
    ("mqtt://localhost", "mqtt://localhost:1883", true), ("[::1]:1999", "mqtt://[::1]:1999", true),
    ("::", "mqtt://[::]:1883", false), ("ws://127.0.0.1/mqtt", "ws://127.0.0.1:8083", true),
    ("mqtts://:8884", "mqtts://127.0.0.1:8884", true), ("wss://10.0.0.1", "wss://10.0.0.1:8084", false),
    ("unix:///tmp/x", "unix:///tmp/x", true), ("192.168.1.2", "mqtt://192.168.1.2:1883", false),
  ])
  func `an address is read, and loopback is known`(text: String, url: String, isLocal: Bool) {
    #expect(Listener(text)?.description == url)
    #expect(Listener(text)?.isLocal == isLocal)
  }

  @Test(arguments: ["http://x", "127.0.0.1:x", "70000", "a:70000", "unix://", "[::1]:", "", "me:pw@host:1883", "/path"])
  func `what is no address is refused`(text: String) {
    #expect(Listener(text) == nil)
  }
}
