import Explorer

/// From facts to verdicts; no fact is gathered here.
enum Diagnosis {
  static func findings(from facts: Surroundings) -> [Finding] {
    [
      terminal(facts), description(facts), size(facts), locale(facts), colors(facts), clipboard(facts),
      folder("config", facts.configuration, holds: "settings and themes"),
      folder("state", facts.state, holds: "drafts and the history of the publish form"),
    ].compactMap(\.self) + facts.complaints.map(profiles)
  }

  private static func terminal(_ facts: Surroundings) -> Finding {
    guard facts.hasTerminal else {
      return Finding(
        .problem, "terminal", "there is none",
        advice: "The screen needs one; for pipes and files there is mqttscope subscribe.")
    }
    let place = facts.variables["SSH_CONNECTION"] == nil ? "" : ", over SSH"
    let keeper = facts.variables["TMUX"] != nil ? ", in tmux" : facts.variables["STY"] != nil ? ", in screen" : ""
    return Finding(.good, "terminal", "there is one\(place)\(keeper)")
  }

  private static func description(_ facts: Surroundings) -> Finding {
    guard let name = facts.variables["TERM"], !name.isEmpty else {
      return Finding(.problem, "TERM", "is not set", advice: "Try: export TERM=xterm-256color")
    }
    if name == "dumb" {
      return Finding(.problem, "TERM", "is dumb: no cursor, no colours", advice: "Try: export TERM=xterm-256color")
    }
    guard facts.hasTerminalDescription else {
      return Finding(
        .problem, "TERM", "\(name) is not described on this machine",
        advice: "Install its description (apt-get install ncurses-term), or try: export TERM=xterm-256color")
    }
    return Finding(.good, "TERM", name)
  }

  private static func size(_ facts: Surroundings) -> Finding? {
    guard facts.hasTerminal else { return nil }
    let size = "\(facts.columns)x\(facts.rows)"
    if facts.columns < 20 || facts.rows < 6 {
      return Finding(.limited, "size", size, advice: "Under 20x6 there is room for a single sentence only.")
    }
    if facts.columns < 100 {
      return Finding(.limited, "size", size, advice: "From 100 columns on, tree and message stand side by side.")
    }
    return Finding(.good, "size", size)
  }

  private static func locale(_ facts: Surroundings) -> Finding {
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { facts.variables[$0] }.first { !$0.isEmpty }
    let fact = "\(name ?? "no LANG"), \(facts.codeset)"
    guard facts.codeset == "UTF-8" else {
      return Finding(
        .limited, "locale", fact,
        advice: "Lines and symbols need UTF-8. Try: export LANG=C.UTF-8")
    }
    return Finding(.good, "locale", fact)
  }

  private static func colors(_ facts: Surroundings) -> Finding {
    if let off = facts.variables["NO_COLOR"], !off.isEmpty {
      return Finding(.limited, "colours", "none, as NO_COLOR asks", advice: "Attributes alone carry the meaning.")
    }
    if facts.variables["TERM"] == "dumb" { return Finding(.limited, "colours", "none, as TERM is dumb") }
    if ["truecolor", "24bit"].contains(facts.variables["COLORTERM"]) {
      return Finding(.good, "colours", "24 bit, as COLORTERM says")
    }
    let name = facts.variables["TERM"] ?? ""
    let advice = "If your terminal can show all colours: export COLORTERM=truecolor"
    if name.hasSuffix("-direct") { return Finding(.good, "colours", "24 bit, as TERM says") }
    if name.contains("256") { return Finding(.good, "colours", "256, as TERM says", advice: advice) }
    return Finding(.limited, "colours", "as many as \(name.isEmpty ? "TERM" : name) has, 8 or 16", advice: advice)
  }

  private static func clipboard(_ facts: Surroundings) -> Finding? {
    guard facts.variables["TMUX"] != nil else { return nil }
    return Finding(
      .limited, "clipboard", "copies go through tmux",
      advice: "They arrive if tmux allows it: set -g set-clipboard on")
  }

  private static func profiles(_ complaint: ProfileComplaint) -> Finding {
    switch complaint {
    case .file(let sentence):
      Finding(
        .problem, "profiles", sentence,
        advice: "Until that is mended no profile can be used: B, then o, opens the file.")
    case .profile(let sentence):
      Finding(
        .limited, "profiles", sentence, advice: "What is wrong there cannot be used: B, then o, opens the file.")
    }
  }

  private static func folder(_ subject: String, _ folder: Surroundings.Folder?, holds contents: String) -> Finding {
    guard let folder else {
      return Finding(.limited, subject, "there is none: HOME is not set", advice: "It would hold \(contents).")
    }
    return switch folder.state {
    case .writable: Finding(.good, subject, folder.path)
    case .missingButCreatable: Finding(.good, subject, "\(folder.path) (made when it is needed)")
    case .notWritable:
      Finding(.limited, subject, "\(folder.path) cannot be written", advice: "It would hold \(contents).")
    case .notAFolder:
      Finding(.limited, subject, "\(folder.path) is not a folder", advice: "It would hold \(contents).")
    }
  }
}
