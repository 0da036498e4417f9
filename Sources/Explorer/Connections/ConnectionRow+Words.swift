import Terminal

/// How a row's state looks.
extension ConnectionRow.State {
  var mark: String {
    switch self {
    case .closed: " "
    case .broken: "×"
    case .open: "●"
    }
  }

  var role: Role {
    switch self {
    case .closed: .dim
    case .broken, .open(.stopped): .lampDown
    case .open(.connected): .lampUp
    case .open: .lampWaiting
    }
  }

  func words(at now: Int64) -> String {
    switch self {
    case .closed: return ""
    case .broken: return "broken"
    case .open(.awaitingPassword): return "waiting for password"
    case .open(.connecting): return "connecting"
    case .open(.connected): return "connected"
    case .open(.waiting(let until, _)):
      let seconds = (until - now + 999_999_999) / 1_000_000_000
      return seconds > 0 ? "retry in \(seconds) s" : "retrying"
    case .open(.stopped): return "not connected"
    }
  }
}
