import MQTT
import MQTTClient
import Testing
import TestSupport

@testable import Explorer

/// Files with what cannot be in them: it is left out and named, and nothing else is lost.
@Suite struct ImportOddTests {
  private func imported(_ text: String) throws -> Imported { try Imported(Array(text.utf8), file: "file") }

  @Test func `of options what cannot be is left out and named, and all else is kept`() throws {
    let text = """
      -h garage
      -u ann
      -P pst
      -q 9
      -t a/#/b
      -t home/#
      --will-topic a/+
      --will-payload x
      --will-qos 7
      --cafile
      --cert c.pem
      -V 7
      --proxy nowhere
      -i m\u{1b}e
      a word
      """
    let connection = try imported(text).connections[0]
    #expect(connection.profile.url == "mqtts://garage" && connection.profile.username == "ann")
    #expect(connection.password == "pst" && connection.profile.subscriptions.map(\.filter) == ["home/#"])
    #expect(connection.profile.subscriptions[0].qos == .atMostOnce && connection.profile.will == nil)
    #expect(connection.profile.tls.authorities == nil && connection.profile.tls.certificate == "c.pem")
    #expect(connection.profile.version == nil && connection.profile.proxy == nil && connection.profile.clientID == nil)
    #expect(
      connection.remarks == [
        "Not carried over: -q “9”, which is no QoS.",
        "Not carried over: --will-qos “7”, which is no QoS.",
        "Not carried over: the option --cafile, which has no value.",
        "Not carried over: MQTT “7”; 5 and 3.1.1 are spoken.",
        "Not carried over: the line “a word”, which is no option.",
        "Not carried over: the subscription “a/#/b”: A wildcard stands alone in its level, and # only in the last.",
        "Not carried over: the will, as its topic is “a/+”: A message cannot be published to a topic with the wildcards "
          + "+ and #.",
        "Not carried over: the client identifier: it has a control character in it, as a slip of the keyboard or of a "
          + "paste leaves one: brokers may refuse it.",
        "Not carried over: the proxy: A proxy reads socks5://host:port or http://host:port.",
      ])
    #expect(try connection.profile.configuration(password: nil).username == "ann")
  }

  @Test(arguments: ["-h gar\u{7}age", "-L mqtt://gar\u{202e}age", "-h a b", "-h a@b", "-h a/b", "--unix run/x"])
  func `a host that is none is no connection, and is told`(text: String) throws {
    let imported = try imported("\(text)\n-t a")
    #expect(imported.connections == [] && imported.skipped.count == 1)
    #expect(imported.skipped[0].contains("is left out"))
  }

  @Test func `of MQTT Explorer what cannot be is left out and named`() throws {
    let imported = try imported(
      #"""
      {"ConnectionManager_connections": {
        "a": {"name": "odd", "host": "h", "port": 99999, "protocol": "mqtt", "encryption": "yes", "username": 7,
          "password": 12345, "clientId": "me",
          "subscriptions": [{"topic": "a/#", "qos": 7}, {"topic": "b#"}, 5, {"qos": 1}, "c"]},
        "b": {"name": "bell", "host": "h\u0007", "port": 1883, "protocol": "mqtt"},
        "c": {"name": "list", "host": "i", "subscriptions": "a/#", "protocol": "ws", "basePath": "a b"},
        "d": 5}}
      """#)
    #expect(imported.connections.map(\.profile.url) == ["mqtt://h", "ws://i"])
    let odd = imported.connections[0]
    #expect(odd.profile.subscriptions.map(\.filter) == ["a/#", "c"] && odd.profile.clientID == "me")
    #expect(
      odd.remarks == [
        "Not carried over: the encryption “yes”, which is neither true nor false.",
        "Not carried over: the port “99999”; ports are from 1 to 65535.",
        "Not carried over: the user name “7”, which is no text for it.",
        "Not carried over: the QoS “7” of the subscription “a/#”, which is none; 0 is taken.",
        "Not carried over: the subscription “5”, which names no filter.",
        "Not carried over: the subscription “{…}”, which names no filter.",
        "Not carried over: the password, which is no text.",
        "Not carried over: the subscription “b#”: A wildcard stands alone in its level, and # only in the last.",
      ])
    #expect(
      imported.connections[1].remarks == [
        "Not carried over: the subscriptions “a/#”, which are no list.",
        "Not carried over: the path “/a b”: The path of a WebSocket has no #, no blanks and no control characters.",
      ])
    #expect(
      imported.skipped == [
        "Left out as they are no connections: 1 of the 4 elements of the file.",
        "“bell” is left out: “h\u{7}” is not a host name.",
      ])
  }

  @Test func `of MQTTX what cannot be is left out and named`() throws {
    let imported = try imported(
      #"""
      [{"name": "odd", "host": "h", "port": 1883, "keepalive": -3, "mqttVersion": "4", "clean": "no", "clientId": "me",
        "sessionExpiryInterval": 1e99, "username": "ann", "password": "pst",
        "subscriptions": [{"topic": "a", "qos": 3, "nl": 1, "rh": 9}, null, {"topic": "b/+c"}],
        "will": {"lastWillTopic": "w", "lastWillQos": 5, "properties": {"willDelayInterval": "soon"}}},
       {"name": "will", "host": "i", "will": {"lastWillTopic": "w/#", "lastWillQos": 1}}, "x", 5,
       {"name": "slash", "host": "i/j"}]
      """#)
    #expect(imported.connections.map(\.name) == ["odd", "will"])
    let odd = imported.connections[0]
    #expect(odd.profile.keepAlive == nil && odd.profile.will == ProfileWill(topic: "w") && odd.password == "pst")
    #expect(odd.profile.subscriptions == [Subscription(filter: "a", retainAsPublished: true)])
    #expect(
      odd.remarks == [
        "Not carried over: the keep alive “-3”, which is no number for it.",
        "Not carried over: MQTT “4”; 5 and 3.1.1 are spoken.",
        "Not carried over: the clean start “no”, which is neither true nor false.",
        "Not carried over: the session expiry “1e+99”, which is no number for it.",
        "Not carried over: the retain handling “9” of the subscription “a”, which is none; 0 is taken.",
        "Not carried over: the QoS “3” of the subscription “a”, which is none; 0 is taken.",
        "Not carried over: No Local of the subscription “a”, “1”, which is neither true nor false.",
        "Not carried over: the subscription “null”, which names no filter.",
        "Not carried over: the QoS “5” of the will, which is none; 0 is taken.",
        "Not carried over: the delay of the will “soon”, which is no number for it.",
        "Not carried over: the subscription “b/+c”: A wildcard stands alone in its level, and # only in the last.",
      ])
    #expect(imported.connections[1].profile.will == nil && imported.connections[1].remarks.count == 1)
    #expect(
      imported.skipped == [
        "“slash” is left out: “i/j” is not a host name.",
        "Left out as they are no connections: 2 of the 5 elements of the file.",
      ])
  }

  @Test func `a name that is too long for the form is cut, and told of`() throws {
    let folder = try TemporaryFolder()
    let file = ProfileFile(folder: folder.path)
    var importing = Importing(file)
    let said = try importing.add(try imported(#"[{"name": "\#(String(repeating: "n", count: 300))", "host": "h"}]"#))
    #expect(said.contains("  Its name was cut: it had 300 characters."))
    #expect(try ProfileTable(file.read()).entries.map(\.name) == [String(repeating: "n", count: 90)])
  }

  @Test func `an import that does not fit leaves nothing behind, no passwords either`() throws {
    let folder = try TemporaryFolder()
    let file = ProfileFile(folder: folder.path)
    let identifier = String(repeating: "i", count: 60_000)
    let connections = (0..<20).map {
      #"{"host": "h\#($0)", "clientId": "\#(identifier)", "username": "a", "password": "pst"}"#
    }
    let imported = try imported("[\(connections.joined(separator: ", "))]")
    var importing = Importing(file)
    #expect(throws: ProfileError.tooLarge(limit: 1 << 20)) { try importing.add(imported) }
    #expect(try file.read().bytes.isEmpty)
    #expect(throws: FileError.self) { try FileBytes.read("\(folder.path)/passwords/h0", limit: 100) }
  }

  @Test func `whatever is imported can be connected, however odd the file is`() throws {
    var random = Chance(seed: UInt64.random(in: 0...UInt64.max))
    let keys = [
      "port", "protocol", "ssl", "encryption", "username", "password", "clientId", "keepalive", "subscriptions", "path",
      "basePath", "will", "clean", "ca", "ALPNProtocols", "mqttVersion", "sessionExpiryInterval", "properties",
    ]
    let values = [
      "5", "-1", "true", #""""#, #""a\u0000b""#, #""a/#/b""#, #""wss""#, #""mqtts""#, "[]", "{}", "null", ##""#""##,
      #"[{"topic": "+a", "qos": 1}, "b", 7]"#, ##"{"lastWillTopic": "#"}"##, #"{"lastWillTopic": "w"}"#, "1e300",
      #""\u001b""#, #"[1, "x"]"#, "false", #""5.0""#,
    ]
    for _ in 0..<2_000 {
      let members = (0..<random.number(below: 8)).map { _ in #""\#(random.pick(keys))": \#(random.pick(values))"# }
      let object = (members + [#""host": "h""#]).joined(separator: ", ")
      for text in ["[{\(object)}]", #"{"ConnectionManager_connections": {"a": {\#(object)}}}"#] {
        for connection in try imported(text).connections {
          _ = try connection.profile.configuration(password: nil, variable: { _ in nil })
        }
      }
    }
  }

  @Test func `a mark of the byte order is no part of a file`() throws {
    for text in ["-h broker\n", #"[{"name": "a", "host": "broker"}]"#] {
      let imported = try Imported([0xEF, 0xBB, 0xBF] + Array(text.utf8), file: "f")
      #expect(imported.connections.map(\.profile.url) == ["mqtt://broker"])
    }
  }
}
