import MQTT

/// A connection of an export of MQTTX.
enum MQTTXFile {
  static func connection(_ value: JSONValue, at host: String) -> Imported.Connection {
    var connection = Imported.Connection(name: value["name"]?.text ?? host, Profile())
    var profile = Profile()
    let isTLS = value["ssl"]?.bool ?? false
    var scheme = value["protocol"]?.text ?? "mqtt"
    if !["mqtt", "mqtts", "ws", "wss"].contains(scheme) {
      connection.leaveOut("the protocol “\(scheme)”; mqtt is taken")
      scheme = "mqtt"
    }
    if isTLS, !scheme.hasSuffix("s") || scheme == "ws" { scheme = scheme == "ws" ? "wss" : "mqtts" }
    profile.url = Imported.url(
      scheme: scheme, host: host, port: Imported.port(value["port"], of: &connection), path: value["path"]?.text)
    profile.username = value["username"]?.text
    profile.keepAlive = value["keepalive"]?.int.flatMap(UInt16.init(exactly:))
    profile.version = ["5.0": .v5, "3.1.1": .v3_1_1, "3.1": .v3_1_1][value["mqttVersion"]?.text ?? ""]
    if value["clean"]?.bool == false { profile.cleanStart = false }
    let properties = value["properties"] ?? value
    profile.sessionExpiry = properties["sessionExpiryInterval"]?.int.flatMap(UInt32.init(exactly:))
    // Its identifiers are made by chance, but one that a person wrote, or that a session hangs on, is kept
    if let id = value["clientId"]?.text, !id.hasPrefix("mqttx_") || profile.leavesSessions { profile.clientID = id }
    profile.subscriptions = (value["subscriptions"]?.elements ?? []).compactMap(subscription)
    profile.will = value["will"].flatMap(will)
    if value["rejectUnauthorized"]?.bool == false, isTLS { profile.tls.verifies = false }
    profile.tls.authorities = value["ca"]?.text
    profile.tls.certificate = value["cert"]?.text
    profile.tls.key = value["key"]?.text
    profile.tls.protocols = value["ALPNProtocols"]?.text?.split(separator: ",").map(String.init) ?? []
    connection.profile = profile
    connection.password = value["password"]?.text
    if value["messages"]?.elements?.isEmpty == false { connection.leaveOut("the kept messages") }
    if properties["userProperties"]?.members?.isEmpty == false { connection.leaveOut("the user properties of CONNECT") }
    if properties["authenticationMethod"]?.text != nil { connection.leaveOut("the authentication method") }
    return connection
  }

  private static func subscription(_ value: JSONValue) -> Subscription? {
    guard let filter = value["topic"]?.text else { return nil }
    return Subscription(
      filter: filter, qos: qos(value["qos"]), noLocal: value["nl"]?.bool ?? false,
      retainAsPublished: value["rap"]?.bool ?? true,
      retainHandling: value["rh"]?.int.flatMap(UInt8.init(exactly:)).flatMap(
        Subscription.RetainHandling.init(rawValue:))
        ?? .send)
  }

  private static func will(_ value: JSONValue) -> ProfileWill? {
    guard let topic = value["lastWillTopic"]?.text else { return nil }
    return ProfileWill(
      topic: topic, payload: value["lastWillPayload"]?.text ?? "", qos: qos(value["lastWillQos"]),
      isRetained: value["lastWillRetain"]?.bool ?? false,
      delay: value["properties"]?["willDelayInterval"]?.int.flatMap(UInt32.init(exactly:)))
  }

  private static func qos(_ value: JSONValue?) -> QoS {
    value?.int.flatMap(UInt8.init(exactly:)).flatMap(QoS.init(rawValue:)) ?? .atMostOnce
  }
}
