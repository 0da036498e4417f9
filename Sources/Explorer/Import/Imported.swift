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
  }

  /// The program that wrote the file, for sentences.
  package var origin: String
  package var connections: [Connection]
  /// Why connections of the file are none of ours, a sentence each.
  package var skipped: [String] = []

  /// Reads a file of `mosquitto_sub`, MQTT Explorer or MQTTX; the content tells which.
  package init(_ bytes: [UInt8], file: String) throws(ImportError) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]  // of the byte order, with which Windows begins files
    let bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else { throw .notText(file) }
    if text.first(where: { !$0.isWhitespace }).map({ "[{".contains($0) }) == true {
      let json = try JSONValue(bytes, file: file)
      if let explorer = json["ConnectionManager_connections"] {
        origin = "MQTT Explorer"
        (connections, skipped) = Self.sort((explorer.members ?? []).map(\.value), MQTTExplorerFile.connection)
      } else if let list = json.elements ?? json["connections"]?.elements {
        origin = "MQTTX"
        (connections, skipped) = Self.sort(list, MQTTXFile.connection)
      } else {
        throw .unknown(file)
      }
    } else {
      guard let connection = MosquittoFile.connection(text) else { throw .unknown(file) }
      origin = "mosquitto_sub"
      connections = [connection]
    }
    guard !connections.isEmpty || !skipped.isEmpty else { throw .empty(file) }
    let all = connections
    connections = []
    for var connection in all {
      do {
        try connection.settle()
        connections.append(connection)
      } catch {
        skipped.append("\(Self.quoted(connection.name)) is left out: \(error)")
      }
    }
  }

  private static func sort(
    _ values: [JSONValue], _ connection: (JSONValue, String) -> Connection
  ) -> ([Connection], [String]) {
    var (found, skipped): ([Connection], [String]) = ([], [])
    for value in values {
      if let host = value["host"]?.text {
        guard !host.contains(where: { "/?#@".contains($0) }) else {
          skipped.append("\(quoted(value["name"]?.text ?? host)) is left out: \(BrokerURLError.host(host))")
          continue
        }
        found.append(connection(value, host))
      } else if let name = value["name"]?.text {
        skipped.append("\(quoted(name)) names no host and is left out.")
      }
    }
    let strange = values.count { $0["host"]?.text == nil && $0["name"]?.text == nil }
    if strange > 0, strange < values.count {
      skipped.append("Left out as they are no connections: \(strange) of the \(values.count) elements of the file.")
    }
    return (found, skipped)
  }

  /// A URL of parts that other programs keep apart.
  static func url(scheme: String, host: String, port: Int?, path: String? = nil) -> String {
    let isAddress = host.count { $0 == ":" } > 1 && !host.hasPrefix("[")  // one of IPv6
    let place = isAddress ? "[\(host)]" : host
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
