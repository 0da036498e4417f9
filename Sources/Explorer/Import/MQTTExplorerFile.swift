import MQTT

/// A connection of MQTT Explorer's `settings.json`.
enum MQTTExplorerFile {
  static func connection(_ value: JSONValue, at host: String) -> Imported.Connection {
    var connection = Imported.Connection(name: value["name"]?.text ?? host, Profile())
    let isTLS = connection.bool(value["encryption"], "the encryption") ?? false
    let kind = connection.text(value["protocol"], "the protocol") ?? "mqtt"
    if !["mqtt", "ws"].contains(kind) {
      connection.leaveOut("the protocol \(Imported.quoted(kind)); mqtt is taken")
    }
    let scheme = kind == "ws" ? (isTLS ? "wss" : "ws") : isTLS ? "mqtts" : "mqtt"
    let port = connection.port(value["port"])
    connection.profile.url = Imported.url(
      scheme: scheme, host: host, port: port, path: connection.text(value["basePath"], "the path"))
    connection.profile.username = connection.text(value["username"], "the user name")
    let isVerified = connection.bool(value["certValidation"], "the certificate validation")
    if isTLS, isVerified == false { connection.profile.tls.verifies = false }
    connection.profile.subscriptions = connection.elements(value["subscriptions"], "the subscriptions").compactMap {
      subscription($0, of: &connection)
    }
    let plain = connection.profile.subscriptions.filter { $0.qos == .atMostOnce }
    if plain.map(\.filter).sorted() == ["#", "$SYS/#"], plain.count == connection.profile.subscriptions.count {
      connection.profile.subscriptions = []  // they are ours too
    }
    // Its identifiers are made by chance, but one that a person wrote is kept.
    if let id = connection.text(value["clientId"], "the client identifier"), !id.hasPrefix("mqtt-explorer-") {
      connection.profile.clientID = id
    }
    connection.password = connection.secret(value["password"])
    if value["selfSignedCertificate"] != nil { connection.leaveOut("the CA certificate inside the file") }
    if value["clientCertificate"] != nil { connection.leaveOut("the client certificate inside the file") }
    if value["clientKey"] != nil { connection.leaveOut("the client key inside the file") }
    return connection
  }

  private static func subscription(_ value: JSONValue, of connection: inout Imported.Connection) -> Subscription? {
    guard let filter = value.text ?? value["topic"]?.text else {
      connection.leaveOut("the subscription \(value.quoted), which names no filter")
      return nil
    }
    let qos = connection.qos(value["qos"], of: "the subscription \(Imported.quoted(filter))")
    return Subscription(filter: filter, qos: qos, retainAsPublished: true)
  }
}
