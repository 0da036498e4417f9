/// The fields of the publish form, in the order of Tab.
enum FormField: Int, CaseIterable, Sendable {
  case topic
  case qos
  case retain
  case input
  case payload
  case contentType
  case responseTopic
  case correlation
  case expiry
  case payloadFormat
  case userProperties

  /// The word beside the field.
  var label: String {
    switch self {
    case .topic: "Topic"
    case .qos: "QoS"
    case .retain: "Retain"
    case .input: "Format"
    case .payload: "Payload"
    case .contentType: "Content type"
    case .responseTopic: "Response topic"
    case .correlation: "Correlation"
    case .expiry: "Expires after"
    case .payloadFormat: "Payload is"
    case .userProperties: "User properties"
    }
  }

  /// The label where columns are few: seven at most.
  var shortLabel: String {
    switch self {
    case .contentType: "Content"
    case .responseTopic: "Respond"
    case .correlation: "Correl."
    case .expiry: "Expires"
    case .payloadFormat: "Kind"
    case .userProperties: "User"
    default: label
    }
  }

  /// What an empty field could hold.
  var placeholder: String {
    switch self {
    case .topic: "such as home/kitchen/light/set"
    case .payload: "(empty)"
    case .contentType: "such as application/json"
    case .responseTopic: "a topic for the answer"
    case .correlation: "text, or bytes as 0x01ff"
    case .expiry: "seconds, or 90s 5m 2h 1d"
    case .userProperties: "name=value, one a line"
    case .qos, .retain, .input, .payloadFormat: ""
    }
  }

  /// Whether the field is text that is typed; the others are chosen.
  var isTyped: Bool {
    switch self {
    case .qos, .retain, .input, .payloadFormat: false
    default: true
    }
  }

  /// Whether Enter begins a new line.
  var hasLines: Bool { self == .payload || self == .userProperties }

  /// Whether the field is a property that only MQTT 5 knows.
  var isProperty: Bool { self >= .contentType }
}

extension FormField: Comparable {
  static func < (one: FormField, other: FormField) -> Bool { one.rawValue < other.rawValue }
}
