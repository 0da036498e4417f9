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

  /// All nodes so that what `rows` of a node sums up comes behind it, while the rows to come are counted.
  var list: [UInt32] = []
  /// For the path of a leaf.
  var scratch: [UInt8] = []
  /// The `rows` to come.
  var sums: [UInt32] = []

  /// Passes over all nodes, each in slices.
  struct Run {
    let matcher: Matcher?
    var step: Step
    var matchCount = 0
  }

  enum Step: Equatable {
    /// Down the paths: all nodes below this index have been asked whether the filter fits.
    case asking(UInt32)
    /// Up the paths: all nodes from this index on have told their parents.
    case telling(UInt32)
    /// This many nodes of `list` have been followed.
    case listing(Int)
    /// The nodes of `list` from this place on have their `sums`.
    case summing(Int)
  }

  /// The rows to come are being counted: what counts in them must not change.
  var isCounting: Bool {
    switch run?.step {
    case .listing, .summing: true
    case .asking, .telling, nil: false
    }
  }

  mutating func begin(_ filter: Filter?) {
    (list, sums) = ([], [])
    run = Run(matcher: filter.map(Matcher.init), step: filter == nil ? .listing(0) : .asking(1))
  }

  /// The rows are to show the evaluated filter now.
  mutating func publish(_ run: Run) {
    shown = run.matcher
    matchCount = run.matchCount
    shift ^= 4
    self.run = nil
    (list, sums) = ([], [])
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
