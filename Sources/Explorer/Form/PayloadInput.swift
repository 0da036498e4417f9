import Payloads

/// How the payload of the publish form is given: typed in one of several notations, or named as a file.
enum PayloadInput: String, CaseIterable, Codable, Sendable {
  case text
  case json
  case hex
  case base64
  case file

  /// The notation of a typed payload; nil for a file, whose path is typed in its place.
  var format: InputFormat? {
    switch self {
    case .text: .text
    case .json: .json
    case .hex: .hex
    case .base64: .base64
    case .file: nil
    }
  }

  /// The word for users.
  var name: String {
    switch self {
    case .text: "Text"
    case .json: "JSON"
    case .hex: "Hex"
    case .base64: "Base64"
    case .file: "File"
    }
  }

  /// What an external editor should call its file, so that it colours the text.
  var fileExtension: String { self == .json ? "json" : "txt" }
}
