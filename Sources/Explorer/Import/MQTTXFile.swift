import MQTT

/// A connection of an export of MQTTX.
enum MQTTXFile {
  static func connection(_ value: JSONValue, at host: String) -> Imported.Connection {
    var connection = Imported.Connection(name: value["name"]?.text ?? host, Profile())
    let isTLS = connection.bool(value["ssl"], "the SSL setting") ?? false
    let scheme = scheme(value, isTLS, of: &connection)
    let port = connection.port(value["port"])
    connection.profile.url = Imported.url(
      scheme: scheme, host: host, port: port, path: connection.text(value["path"], "the path"))
    connection.profile.username = connection.text(value["username"], "the user name")
    connection.password = connection.secret(value["password"])
    connection.profile.keepAlive = connection.number(value["keepalive"], "the keep alive")
    connection.profile.version = version(value, of: &connection)
    takeSession(value, of: &connection)
    connection.profile.subscriptions = connection.elements(value["subscriptions"], "the subscriptions").compactMap {
      subscription($0, of: &connection)
    }
    connection.profile.will = value["will"].flatMap { will($0, of: &connection) }
    takeTLS(value, isTLS, of: &connection)
    if value["messages"]?.elements?.isEmpty == false { connection.leaveOut("the kept messages") }
    let properties = value["properties"] ?? value
    if properties["userProperties"]?.members?.isEmpty == false { connection.leaveOut("the user properties of CONNECT") }
    if properties["authenticationMethod"]?.text != nil { connection.leaveOut("the authentication method") }
    return connection
  }

  private static func scheme(_ value: JSONValue, _ isTLS: Bool, of connection: inout Imported.Connection) -> String {
    var scheme = connection.text(value["protocol"], "the protocol") ?? "mqtt"
    if !["mqtt", "mqtts", "ws", "wss"].contains(scheme) {
      connection.leaveOut("the protocol \(Imported.quoted(scheme)); mqtt is taken")
      scheme = "mqtt"
    }
    guard isTLS else { return scheme }
    return scheme.hasPrefix("ws") ? "wss" : "mqtts"
  }

  private static func version(_ value: JSONValue, of connection: inout Imported.Connection) -> Profile.Version? {
    guard let name = connection.text(value["mqttVersion"], "the version of MQTT") else { return nil }
    switch name {
    case "5.0", "5": return .v5
    case "3.1.1": return .v3_1_1
    case "3.1":
      connection.remarks.append("MQTT 3.1 is taken as 3.1.1.")
      return .v3_1_1
    default:
      connection.leaveOut("MQTT \(Imported.quoted(name)); 5 and 3.1.1 are spoken")
      return nil
    }
  }

  private static func takeSession(_ value: JSONValue, of connection: inout Imported.Connection) {
    if connection.bool(value["clean"], "the clean start") == false { connection.profile.cleanStart = false }
    let properties = value["properties"] ?? value
    connection.profile.sessionExpiry = connection.number(properties["sessionExpiryInterval"], "the session expiry")
    // Its identifiers are made by chance, but one that a person wrote, or that a session hangs on, is kept
    let id = connection.text(value["clientId"], "the client identifier")
    if let id, !id.hasPrefix("mqttx_") || connection.profile.leavesSessions { connection.profile.clientID = id }
  }

  private static func takeTLS(_ value: JSONValue, _ isTLS: Bool, of connection: inout Imported.Connection) {
    let isVerified = connection.bool(value["rejectUnauthorized"], "the certificate validation")
    if isVerified == false, isTLS { connection.profile.tls.verifies = false }
    connection.profile.tls.authorities = connection.text(value["ca"], "the CA file")
    connection.profile.tls.certificate = connection.text(value["cert"], "the client certificate")
    connection.profile.tls.key = connection.text(value["key"], "the client key")
    if let names = value["ALPNProtocols"]?.elements {
      connection.profile.tls.protocols = names.compactMap { connection.text($0, "the ALPN protocol") }
    } else if let names = connection.text(value["ALPNProtocols"], "the ALPN protocols") {
      connection.profile.tls.protocols = names.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
  }

  private static func subscription(_ value: JSONValue, of connection: inout Imported.Connection) -> Subscription? {
    guard let filter = value["topic"]?.text else {
      connection.leaveOut("the subscription \(value.quoted), which names no filter")
      return nil
    }
    let what = "the subscription \(Imported.quoted(filter))"
    let handling = (connection.number(value["rh"], "the retain handling of \(what),") as UInt8?) ?? 0
    let known = Subscription.RetainHandling(rawValue: handling)
    if known == nil { connection.leaveOut("the retain handling “\(handling)” of \(what), which is none; 0 is taken") }
    return Subscription(
      filter: filter, qos: connection.qos(value["qos"], of: what),
      noLocal: connection.bool(value["nl"], "No Local of \(what),") ?? false,
      retainAsPublished: connection.bool(value["rap"], "Retain As Published of \(what),") ?? true,
      retainHandling: known ?? .send)
  }

  private static func will(_ value: JSONValue, of connection: inout Imported.Connection) -> ProfileWill? {
    guard let topic = connection.text(value["lastWillTopic"], "the topic of the will") else { return nil }
    return ProfileWill(
      topic: topic, payload: connection.text(value["lastWillPayload"], "the payload of the will") ?? "",
      qos: connection.qos(value["lastWillQos"], of: "the will"),
      isRetained: connection.bool(value["lastWillRetain"], "the retain flag of the will") ?? false,
      delay: connection.number(value["properties"]?["willDelayInterval"], "the delay of the will"))
  }
}
