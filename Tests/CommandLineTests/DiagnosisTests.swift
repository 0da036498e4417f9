import Explorer
import Testing

@testable import mqttscope

@Suite struct DiagnosisTests {
  private let healthy = Surroundings(
    variables: ["TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"], hasTerminal: true,
    columns: 160, rows: 50, codeset: "UTF-8", hasTerminalDescription: true,
    configuration: .init(path: "/c", state: .writable), state: .init(path: "/s", state: .missingButCreatable))

  private func finding(_ subject: String, _ change: (inout Surroundings) -> Void) -> Finding? {
    var facts = healthy
    change(&facts)
    return Diagnosis.findings(from: facts).first { $0.subject == subject }
  }

  @Test func `a good terminal has nothing to advise`() {
    let findings = Diagnosis.findings(from: healthy)
    #expect(findings.allSatisfy { $0.verdict == .good && $0.advice == nil })
    #expect(findings.map(\.subject) == ["terminal", "TERM", "size", "locale", "colours", "config", "state"])
  }

  @Test func `what keeps the screen from working is a problem with advice`() {
    let problems = [
      finding("terminal") { $0.hasTerminal = false },
      finding("TERM") { $0.variables["TERM"] = nil },
      finding("TERM") { $0.variables["TERM"] = "dumb" },
      finding("TERM") { $0.hasTerminalDescription = false },
      finding("profiles") { $0.complaints = [.file("config.toml, line 1, TOML: it is none.")] },
    ]
    for problem in problems { #expect(problem?.verdict == .problem && problem?.advice != nil) }
  }

  @Test func `what only takes something away is a note with advice`() {
    let notes = [
      finding("size") { $0.columns = 19 },
      finding("size") { $0.columns = 80 },
      finding("locale") { $0.codeset = "ANSI_X3.4-1968" },
      finding("colours") { $0.variables["NO_COLOR"] = "1" },
      finding("colours") {
        $0.variables["COLORTERM"] = nil; $0.variables["TERM"] = "linux"
      },
      finding("profiles") { $0.complaints = [.profile("config.toml, line 1: it is none.")] },
      finding("clipboard") { $0.variables["TMUX"] = "/tmp/tmux" },
      finding("config") { $0.configuration?.state = .notWritable },
      finding("config") { $0.configuration = nil },
      finding("state") { $0.state?.state = .notAFolder },
    ]
    for note in notes { #expect(note?.verdict == .limited && note?.advice != nil) }
  }

  @Test func `a dumb terminal has no colours, whatever COLORTERM says`() {
    #expect(finding("colours") { $0.variables["TERM"] = "dumb" }?.verdict == .limited)
  }

  @Test func `an empty NO_COLOR asks for nothing`() {
    #expect(finding("colours") { $0.variables["NO_COLOR"] = "" }?.verdict == .good)
  }
}
