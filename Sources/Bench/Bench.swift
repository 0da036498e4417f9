import ArgumentParser

/// `Bench`: what everything costs, a line a measure.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Bench", abstract: "Measure what everything costs: swift run -c release Bench",
    discussion: """
      Each measure is started once, warmed up by one run, and run several times. Compare figures of one machine only, \
      and of quiet moments: min is the steadiest figure, median the honest one.
      """)

  @Option(help: "Only measures whose names contain this.")
  var filter = ""

  @Option(help: "How often each is run.")
  var runs = 5

  @Flag(help: "One JSON object a line.")
  var json = false

  @Flag(help: "Only say what would be measured.")
  var list = false

  func validate() throws {
    guard runs > 0 else { throw ValidationError("--runs is at least 1.") }
  }

  func run() throws {
    try MainActor.assumeIsolated { try measure() }
  }

  @MainActor private func measure() throws {
    let chosen = Measure.all.filter { filter.isEmpty || $0.name.contains(filter) }
    guard !chosen.isEmpty else { throw ValidationError("No measure has “\(filter)” in its name; --list shows all.") }
    for measure in chosen {
      if list {
        print(measure.name, measure.explanation, separator: "\t")
      } else {
        let outcome = try Outcome(of: measure, runs: runs)
        outcome.print(asJSON: json)
      }
    }
  }
}
