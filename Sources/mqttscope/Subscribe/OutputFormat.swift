import ArgumentParser

/// How messages are written to standard output.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  /// Topic and payload on a line, for people.
  case text
  /// A JSON object on a line, with everything that the broker said.
  case json
  /// The bytes of the payloads and nothing else.
  case raw
}
