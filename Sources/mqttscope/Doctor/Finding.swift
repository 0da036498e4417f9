/// One fact about the surroundings, and what follows from it.
struct Finding: Equatable {
  enum Verdict: Equatable {
    case good
    /// It works, with less.
    case limited
    /// It does not work.
    case problem

    /// Words, so that the verdict is there without colours too.
    var mark: String {
      switch self {
      case .good: "ok  "
      case .limited: "note"
      case .problem: "FAIL"
      }
    }
  }

  let verdict: Verdict
  let subject: String
  let fact: String
  let advice: String?

  init(_ verdict: Verdict, _ subject: String, _ fact: String, advice: String? = nil) {
    self.verdict = verdict
    self.subject = subject
    self.fact = fact
    self.advice = advice
  }
}
