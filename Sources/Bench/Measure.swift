/// Something whose cost is worth knowing. It is measured on the main thread, where the screen is.
@MainActor
struct Measure {
  /// `area.what`, unique.
  let name: String
  let unit: Unit
  /// What is done, in a few words.
  let explanation: String
  /// Prepares what is not measured; what it returns does the work once and says what it cost.
  let start: @MainActor () throws -> @MainActor () throws -> Double

  enum Unit: String {
    case nanoseconds = "ns"
    case microseconds = "us"
    case milliseconds = "ms"
    case bytes = "B"
    case perSecond = "/s"
    case ratio = "x"
  }

  init(
    _ name: String, _ unit: Unit, _ explanation: String,
    start: @escaping @MainActor () throws -> @MainActor () throws -> Double
  ) {
    self.name = name
    self.unit = unit
    self.explanation = explanation
    self.start = start
  }

  /// All of them, in the order of a message's way from the socket to the screen.
  static var all: [Measure] { wire + store + tree + payload + screen + ingest + broker }
}
