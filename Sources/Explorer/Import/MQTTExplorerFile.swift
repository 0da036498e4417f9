import MQTT

/// A connection of MQTT Explorer's `settings.json`.
enum MQTTExplorerFile {
  static func connection(_ value: JSONValue, at host: String) -> Imported.Connection {
    var connection = Imported.Connection(name: value["name"]?.text ?? host, Profile())
    var profile = Profile()
    let kind = value["protocol"]?.text ?? "mqtt"
    if !["mqtt", "ws"].contains(kind) { connection.leaveOut("the protocol “\(kind)”; mqtt is taken") }
    let isWeb = kind == "ws"
    let isTLS = value["encryption"]?.bool ?? false
    let scheme = isWeb ? (isTLS ? "wss" : "ws") : isTLS ? "mqtts" : "mqtt"
    profile.url = Imported.url(
      scheme: scheme, host: host, port: Imported.port(value["port"], of: &connection),
      path: value["basePath"]?.text)
    profile.username = value["username"]?.text
    if isTLS, value["certValidation"]?.bool == false { profile.tls.verifies = false }
    profile.subscriptions = (value["subscriptions"]?.elements ?? []).compactMap { subscription in
      guard let filter = subscription.text ?? subscription["topic"]?.text else { return nil }
      let qos = subscription["qos"]?.int.flatMap(UInt8.init(exactly:)).flatMap(QoS.init(rawValue:)) ?? .atMostOnce
      return Subscription(filter: filter, qos: qos, retainAsPublished: true)
    }
    if profile.subscriptions.map(\.filter).sorted() == ["#", "$SYS/#"], profile.subscriptions.allSatisfy(\.isPlain) {
      profile.subscriptions = []  // they are ours too
    }
    // Its identifiers are made by chance, but one that a person wrote is kept.
    if let id = value["clientId"]?.text, !id.hasPrefix("mqtt-explorer-") { profile.clientID = id }
    connection.profile = profile
    connection.password = value["password"]?.text
    if value["selfSignedCertificate"] != nil { connection.leaveOut("the CA certificate inside the file") }
    if value["clientCertificate"] != nil { connection.leaveOut("the client certificate inside the file") }
    if value["clientKey"] != nil { connection.leaveOut("the client key inside the file") }
    return connection
  }
}

extension Subscription {
  /// With nothing but a filter.
  fileprivate var isPlain: Bool { qos == .atMostOnce }
}
