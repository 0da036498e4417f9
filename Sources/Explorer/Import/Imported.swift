/// What another program's file says about its brokers.
package struct Imported: Equatable, Sendable {
  /// One broker.
  package struct Connection: Equatable, Sendable {
    package var name: String
    package var profile: Profile
    /// The password that stood in the file; it is not part of the profile.
    package var password: String?
    /// What could not be carried over, in sentences.
    package var remarks: [String] = []

    init(name: String, _ profile: Profile) {
      self.name = name
      self.profile = profile
    }

    /// A session without a client identifier could not be found again.
    mutating func leaveOutLostSession() {
      guard profile.leavesSessions else { return }
      (profile.cleanStart, profile.sessionExpiry) = (nil, nil)
      leaveOut("the persistent session, as the file has no client identifier for it")
    }

    /// Says once that a setting was left out.
    mutating func leaveOut(_ what: String) {
      let sentence = "Not carried over: \(what)."
      if !remarks.contains(sentence) { remarks.append(sentence) }
    }
  }

  /// The program that wrote the file, for sentences.
  package var origin: String
  package var connections: [Connection]
  /// Why connections of the file are none of ours, a sentence each.
  package var skipped: [String] = []

  /// Reads a file of `mosquitto_sub`, MQTT Explorer or MQTTX; the content tells which.
  package init(_ bytes: [UInt8], file: String) throws(ImportError) {
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else { throw .notText(file) }
    if text.first(where: { !$0.isWhitespace }).map({ "[{".contains($0) }) == true {
      let json = try JSONValue(bytes, file: file)
      if let explorer = json["ConnectionManager_connections"] {
        origin = "MQTT Explorer"
        (connections, skipped) = Self.sort((explorer.members ?? []).map(\.value), MQTTExplorerFile.connection)
      } else if let list = json.elements ?? json["connections"]?.elements {
        origin = "MQTTX"
        (connections, skipped) = Self.sort(list.filter { $0["host"] != nil }, MQTTXFile.connection)
      } else {
        throw .unknown(file)
      }
    } else {
      guard let connection = MosquittoFile.connection(text) else { throw .unknown(file) }
      origin = "mosquitto_sub"
      connections = [connection]
    }
    guard !connections.isEmpty || !skipped.isEmpty else { throw .empty(file) }
    for index in connections.indices { connections[index].leaveOutLostSession() }
  }

  private static func sort(
    _ values: [JSONValue], _ connection: (JSONValue, String) -> Connection
  ) -> ([Connection], [String]) {
    var (found, skipped): ([Connection], [String]) = ([], [])
    for value in values {
      if let host = value["host"]?.text {
        found.append(connection(value, host))
      } else {
        skipped.append("“\(value["name"]?.text ?? "")” names no host and is left out.")
      }
    }
    return (found, skipped)
  }

  /// A port, as a number or as text; what is none is told, and the usual one taken.
  static func port(_ value: JSONValue?, of connection: inout Connection) -> Int? {
    guard let value else { return nil }
    if let port = value.int, (1...65_535).contains(port) { return port }
    if value.text != nil || value.int != nil {
      connection.leaveOut("the port “\(value.text ?? value.int.map(String.init) ?? "")”; ports are from 1 to 65535")
    }
    return nil
  }

  /// A URL of parts that other programs keep apart.
  static func url(scheme: String, host: String, port: Int?, path: String? = nil) -> String {
    let place = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    let usual = ["mqtt": 1883, "mqtts": 8883, "ws": 80, "wss": 443][scheme]
    let port = port == nil || port == usual ? "" : ":\(port ?? 0)"
    let isWeb = scheme.hasPrefix("ws")
    let path = isWeb ? path.map { $0.isEmpty || $0.hasPrefix("/") ? $0 : "/\($0)" } ?? "" : ""
    return "\(scheme)://\(place)\(port)\(path)"
  }
}

/// Why nothing was imported.
package enum ImportError: Error, Equatable, CustomStringConvertible {
  case notText(String)
  case json(String, String)
  case unknown(String)
  case empty(String)

  package var description: String {
    switch self {
    case .notText(let file): "\(file) is not text in UTF-8."
    case .json(let file, let problem): "\(file) begins like JSON and is none: \(problem)."
    case .unknown(let file):
      "\(file) is neither a file of options of mosquitto_sub nor an export of MQTT Explorer or MQTTX."
    case .empty(let file): "There is no connection in \(file)."
    }
  }
}
