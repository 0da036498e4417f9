import Terminal

/// Why there is no connection, or nothing to see: what happened, why, and what to try.
///
/// A value made of what is known; `Explanation+Reason` has a case for each way in which a connection ends,
/// `Explanation+Refusal` one for each reason code, `Explanation+TLS` and `Explanation+Transport` what keeps us from
/// MQTT at all, `Explanation+Silence` those of a connection that stays empty.
struct Explanation: Equatable, Sendable {
  /// What happened, in a sentence.
  var what: String
  /// The evidence: codes, the broker's own words, its bytes.
  var why: [String]
  /// What a person can do, the likeliest help first.
  var tries: [String]
  /// How bad it is.
  var tone = Tone.trouble

  enum Tone: Equatable, Sendable {
    /// Nothing is wrong; it may just be so.
    case calm
    /// It may pass by itself.
    case trouble
    /// It will not.
    case failure

    var role: Role {
      switch self {
      case .calm: .text
      case .trouble: .warning
      case .failure: .danger
      }
    }
  }

  /// The explanation in so many columns.
  func lines(columns: Int) -> [[Frame.Piece]] {
    var lines = Words.wrapped(what, columns: columns).map { [Frame.Piece($0, tone.role, .bold)] }
    lines += part("Why", why, columns: columns)
    lines += part("What to try", tries, columns: columns)
    return lines
  }

  private func part(_ heading: String, _ sentences: [String], columns: Int) -> [[Frame.Piece]] {
    guard !sentences.isEmpty else { return [] }
    var lines: [[Frame.Piece]] = [[], [Frame.Piece(heading, .accent, .bold)]]
    for sentence in sentences {
      for (row, line) in Words.wrapped(sentence, columns: max(8, columns - 2)).enumerated() {
        lines.append([Frame.Piece(row == 0 ? "· " : "  ", .dim), Frame.Piece(line, .text)])
      }
    }
    return lines
  }
}
