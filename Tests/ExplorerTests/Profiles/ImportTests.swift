import MQTT
import Testing
import TestSupport

@testable import Explorer

/// Files as the other programs write them.
@Suite struct ImportTests {
  private func imported(_ text: String) throws -> Imported { try Imported(Array(text.utf8), file: "file") }

  @Test func `options of mosquitto_sub become a profile`() throws {
    let imported = try imported(
      """
      # the garage
      -h garage.local
      -p 8884
      -u ann
      -P s3cret word
      -t home/#
      -t $SYS/broker/uptime
      -q 1
      -k 20
      -c
      -i garage-watch
      -V mqttv5
      -x 3600
      --cafile /etc/ssl/ca.pem
      --cert /home/ann/c.pem
      --key /home/ann/k.pem
      --insecure
      --tls-version tlsv1.2
      --will-topic garage/watch
      --will-payload gone
      --will-retain
      -F %t %p
      -v
      """)
    #expect(imported.origin == "mosquitto_sub" && imported.connections.count == 1)
    let connection = imported.connections[0]
    let profile = connection.profile
    #expect(connection.name == "garage.local" && connection.password == "s3cret word" && profile.password == nil)
    #expect(
      profile.url == "mqtts://garage.local:8884" && profile.username == "ann" && profile.clientID == "garage-watch")
    #expect(profile.subscriptions.map(\.filter) == ["home/#", "$SYS/broker/uptime"])
    #expect(profile.subscriptions.allSatisfy { $0.qos == .atLeastOnce })
    #expect(profile.keepAlive == 20 && profile.cleanStart == false && profile.sessionExpiry == 3600)
    #expect(profile.version == .v5 && profile.tls.verifies == false && profile.tls.minimumVersion == "1.2")
    #expect(profile.tls.authorities == "/etc/ssl/ca.pem" && profile.tls.key == "/home/ann/k.pem")
    #expect(profile.will == ProfileWill(topic: "garage/watch", payload: "gone", isRetained: true))
    #expect(connection.remarks == ["Not carried over: the option -F.", "Not carried over: the option -v."])
  }

  @Test(arguments: [
    ("-L mqtts://ann:pw@host:99/a/#", "mqtts://host:99", "ann", "pw"), ("--host=h", "mqtt://h", nil, nil),
    ("-L mqtt://h/", "mqtt://h", nil, nil), ("--unix /run/m.sock", "unix:///run/m.sock", nil, nil),
    ("-p 1884", "mqtt://localhost:1884", nil, nil), ("-h ::1", "mqtt://[::1]", nil, nil),
  ])
  func `all ways to say where are understood`(text: String, url: String, user: String?, password: String?) throws {
    let connection = try imported(text).connections[0]
    #expect(connection.profile.url == url && connection.profile.username == user && connection.password == password)
  }

  @Test func `what cannot be is named, and nothing is made up for it`() throws {
    let options = try imported("-h garage\n-p notaport\n--tls-version tlsv1.1\n-c\n-k soon\n").connections[0]
    #expect(options.profile.url == "mqtts://garage" && options.profile.cleanStart == nil)
    #expect(
      options.remarks == [
        "Not carried over: the port “notaport”; ports are from 1 to 65535.",
        "Not carried over: TLS “tlsv1.1”; 1.2 is the oldest that is spoken.",
        "Not carried over: -k “soon”, which is no number for it.",
        "Not carried over: the persistent session, as the file has no client identifier for it.",
      ])
    let explorer = try imported(
      #"""
      {"ConnectionManager_connections": {
        "a": {"name": "none", "host": "", "port": 1883, "protocol": "mqtt"},
        "b": {"name": "odd", "host": "h", "port": "x", "protocol": "zz"}}}
      """#)
    #expect(explorer.skipped == ["“none” names no host and is left out."])
    #expect(explorer.connections.map(\.profile.url) == ["mqtt://h"])
    #expect(
      explorer.connections[0].remarks == [
        "Not carried over: the protocol “zz”; mqtt is taken.",
        "Not carried over: the port “x”; ports are from 1 to 65535.",
      ])
    let session = try imported(#"[{"name": "s", "host": "h", "clientId": "mqttx_1a", "clean": false}]"#).connections[0]
    #expect(session.profile.clientID == "mqttx_1a" && session.profile.cleanStart == false)
  }

  @Test func `settings of MQTT Explorer become profiles`() throws {
    let imported = try imported(
      #"""
      {"Settings": {"autoExpandLimit": 0},
       "ConnectionManager_connections": {
        "mqtt.eclipse.org": {"configVersion": 1, "certValidation": true, "clientId": "mqtt-explorer-1a2b3c4d",
          "id": "mqtt.eclipse.org", "name": "mqtt.eclipse.org", "encryption": false,
          "subscriptions": [{"topic": "#", "qos": 0}, {"topic": "$SYS/#", "qos": 0}], "type": "mqtt",
          "host": "mqtt.eclipse.org", "port": 1883, "protocol": "mqtt"},
        "zz": {"configVersion": 1, "certValidation": false, "clientId": "mine", "name": "Käserei", "encryption": true,
          "subscriptions": ["cheese/#"], "type": "mqtt", "host": "cheese.example", "port": 443, "protocol": "ws",
          "basePath": "mqtt", "username": "ann", "password": "x\"y",
          "selfSignedCertificate": {"name": "ca.pem", "data": "AAAA"}}}}
      """#)
    #expect(imported.origin == "MQTT Explorer" && imported.connections.map(\.name) == ["mqtt.eclipse.org", "Käserei"])
    let (first, second) = (imported.connections[0], imported.connections[1])
    #expect(first.profile.url == "mqtt://mqtt.eclipse.org" && first.profile.clientID == nil)
    #expect(first.profile.subscriptions == [] && first.password == nil && first.remarks == [])
    #expect(second.profile.url == "wss://cheese.example/mqtt" && second.profile.clientID == "mine")
    #expect(second.profile.subscriptions.map(\.filter) == ["cheese/#"] && second.password == "x\"y")
    #expect(second.profile.tls.verifies == false)
    #expect(second.remarks == ["Not carried over: the CA certificate inside the file."])
  }

  @Test func `an export of MQTTX becomes profiles`() throws {
    let imported = try imported(
      #"""
      [{"clientId": "mqttx_9f31d0e2", "name": "EMQX", "clean": false, "protocol": "mqtts", "host": "broker.emqx.io",
        "port": 8883, "keepalive": 60, "connectTimeout": 10, "reconnect": false, "username": "ann", "password": "pw",
        "path": "/mqtt", "certType": "self", "ssl": true, "mqttVersion": "5.0", "unreadMessageCount": 0,
        "messages": [{"payload": "x"}], "subscriptions": [{"topic": "testtopic/#", "qos": 2, "nl": true, "rap": false,
        "rh": 1, "color": "#8E2DE2"}], "rejectUnauthorized": false, "ca": "/ca.pem", "cert": "", "key": "",
        "sessionExpiryInterval": 300, "will": {"lastWillTopic": "w", "lastWillPayload": "bye", "lastWillQos": 1,
        "lastWillRetain": true, "properties": {"willDelayInterval": 5}}},
       {"clientId": "me", "name": "local", "clean": true, "protocol": "ws", "host": "localhost", "port": 8083,
        "path": "/mqtt", "ssl": false, "mqttVersion": "3.1.1", "keepalive": 60, "username": "", "password": "",
        "subscriptions": [], "messages": []}]
      """#)
    #expect(imported.origin == "MQTTX" && imported.connections.map(\.name) == ["EMQX", "local"])
    let profile = imported.connections[0].profile
    #expect(profile.url == "mqtts://broker.emqx.io" && profile.clientID == "mqttx_9f31d0e2" && profile.version == .v5)
    #expect(profile.cleanStart == false && profile.sessionExpiry == 300 && profile.keepAlive == 60)
    #expect(
      profile.subscriptions == [
        Subscription(
          filter: "testtopic/#", qos: .exactlyOnce, noLocal: true, retainAsPublished: false, retainHandling: .sendIfNew)
      ])
    #expect(
      profile.will == ProfileWill(topic: "w", payload: "bye", qos: .atLeastOnce, isRetained: true, delay: 5))
    #expect(profile.tls.authorities == "/ca.pem" && profile.tls.certificate == nil && profile.tls.verifies == false)
    #expect(imported.connections[0].remarks == ["Not carried over: the kept messages."])
    let second = imported.connections[1]
    #expect(second.profile.url == "ws://localhost:8083/mqtt" && second.profile.clientID == "me")
    #expect(second.profile.username == nil && second.password == nil && second.profile.version == .v3_1_1)
  }

  @Test(arguments: [
    ("hello\nworld", ImportError.unknown("file")), ("", .unknown("file")), ("[]", .empty("file")),
    ("{}", .unknown("file")), ("[1, 2]", .empty("file")),
  ])
  func `what is no such file says so`(text: String, error: ImportError) {
    #expect(throws: error) { try imported(text) }
  }

  @Test func `broken JSON and bytes that are no text say so`() {
    #expect(throws: ImportError.self) { try imported("[{\"host\": ") }
    #expect(throws: ImportError.notText("file")) { try Imported([0xff, 0xfe], file: "file") }
  }

  @Test func `deep nesting is an error and no crash`() {
    #expect(throws: ImportError.self) { try imported(String(repeating: "[", count: 100_000)) }
    let closed = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    #expect(throws: ImportError.self) { try imported(closed) }
  }

  @Test func `random lines never trap`() {
    var random = Chance(seed: UInt64.random(in: 0...UInt64.max))
    let pieces = [
      "-h", "-L", " ", "mqtt://", ":", "@", "/", "-p", "99999999999999999999", "\n", "-t", "#", "=", "--ws",
    ]
    for _ in 0..<5_000 {
      let text = (0..<random.number(below: 12)).map { _ in random.pick(pieces) }.joined()
      _ = try? imported(text)
    }
  }
}
