import ArgumentParser

/// `mqttscope doctor`: what of this machine and terminal the program depends on, each with a verdict.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check terminal, locale, colours, folders and profiles.",
    discussion: "Ends with 1 if something keeps the screen from working, or all profiles from being used.")

  func run() throws {
    let findings = Diagnosis.findings(from: .gathered())
    let width = findings.map(\.subject.count).max() ?? 0
    for finding in findings {
      let subject = finding.subject + String(repeating: " ", count: width - finding.subject.count)
      try Output.standard.write(Array("\(finding.verdict.mark)  \(subject)  \(finding.fact)\n".utf8))
      if let advice = finding.advice {
        try Output.standard.write(Array("   \(String(repeating: " ", count: width + 4))\(advice)\n".utf8))
      }
    }
    let problems = findings.count { $0.verdict == .problem }
    guard problems == 0 else { throw Failure.failed("\(problems) of \(findings.count) checks found a problem.") }
  }
}
