/// The filter that the rows show, and the evaluation of the one to come.
struct Filtering {
  /// What the rows show; nil is everything.
  var shown: Matcher?
  /// Topics that pass `shown`.
  var matchCount = 0
  /// Which four bits of a node's marks belong to `shown`; the others belong to `run`.
  var shift: UInt8 = 0
  /// The evaluation under way.
  var run: Run?

  /// Passes over all nodes: down the paths for what fits, then up for what leads there.
  struct Run {
    let matcher: Matcher?
    var step: Step
    var matchCount = 0
  }

  enum Step: Equatable {
    /// All nodes below this index have been asked.
    case asking(UInt32)
    /// All nodes from this index on have told their parents.
    case telling(UInt32)
  }

  mutating func begin(_ filter: Filter?) {
    run = Run(matcher: filter.map(Matcher.init), step: filter == nil ? .telling(1) : .asking(1))
  }

  /// The rows are to show the evaluated filter now.
  mutating func publish(_ run: Run) {
    shown = run.matcher
    matchCount = run.matchCount
    shift ^= 4
    self.run = nil
  }

  /// The bits of the evaluation, if it has to be told of a node: one that it has passed already.
  func runShift(for index: UInt32) -> UInt8? {
    guard let run, run.matcher != nil else {
      return nil
    }
    if case .asking(let cursor) = run.step, index >= cursor {
      return nil
    }
    return shift ^ 4
  }
}
