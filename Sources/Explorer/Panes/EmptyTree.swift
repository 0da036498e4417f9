import MQTT
import Terminal

/// What stands in place of a tree that has no rows: why it is empty, and what to try.
struct EmptyTree {
  let connection: ConnectionStatus
  /// What is wrong, if something is.
  let explanation: Explanation?
  let filter: String?
  let isReadOnly: Bool
  /// The monotonic time of the frame.
  let now: Int64

  func draw(into frame: inout Frame, in place: Rect) {
    let inner = place.inset(columns: 1, rows: place.rows > 6 ? 1 : 0)
    if let explanation { return draw(explanation, into: &frame, in: inner) }
    let (head, hint) = words
    let used = frame.writeParagraph(head, in: inner, Style(.text, on: .panel))
    frame.writeParagraph(hint, in: inner.split(rows: used + 1).bottom, Style(.dim, on: .panel))
  }

  private func draw(_ explanation: Explanation, into frame: inout Frame, in place: Rect) {
    var lines = explanation.lines(columns: place.columns)
    if let lost = lost(exceptFor: explanation.what) {
      lines.insert(contentsOf: Words.wrapped(lost, columns: place.columns).map { [Frame.Piece($0, .warning)] }, at: 0)
    }
    // In little room the keys are left to the footer
    let keys = place.rows > 6 ? Words.wrapped(hint, columns: place.columns).count : 0
    let (upper, lower) = place.split(rows: min(lines.count + 1, place.rows - keys))
    if lines.count > upper.rows, upper.rows > 0 {
      lines[upper.rows - 1] = [Frame.Piece("… i shows the rest.", .dim)]
    }
    for (row, line) in lines.prefix(upper.rows).enumerated() {
      frame.write(line, at: upper.line(row).origin, in: upper, on: .panel)
    }
    if keys > 0 { frame.writeParagraph(hint, in: lower, Style(.dim, on: .panel)) }
  }

  /// The keys that help here.
  private var hint: String {
    switch connection.phase {
    case .awaitingPassword: "Esc ends it; B shows other brokers; q quits."
    case .waiting: "r tries again at once; L shows the packets; B shows other brokers; q quits."
    case .stopped:
      (connection.offer?.sentence ?? "r tries again.") + " L shows the packets; B shows other brokers; q quits."
    case .connecting: "It is being tried again now."
    case .connected: "s changes the subscriptions; i shows the facts, L the packets."
    }
  }

  private var words: (head: String, hint: String) {
    if let filter { return ("No topic matches \(filter).", Self.fault(of: filter) + "Esc clears the filter.") }
    switch connection.phase {
    case .awaitingPassword(let command): return ("Waiting for the password command: \(command)", hint)
    case .connecting: return ("Connecting to \(connection.address)…", "")
    case .waiting(_, let why), .stopped(let why): return (why, hint)
    case .connected: return connectedWords
    }
  }

  /// Why the last connection ended: the attempts that follow at once must not take that from the screen.
  private func lost(exceptFor why: String) -> String? {
    guard let lost = connection.lostBecause, lost != why else { return nil }
    return "Why the connection was lost: \(lost)\n"
  }

  /// Why a filter with wildcards, which no topic can hold, was taken for plain text.
  private static func fault(of filter: String) -> String {
    let text = filter.hasPrefix("!") ? String(filter.dropFirst()) : filter
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") }) else { return "" }
    do {
      _ = try TopicFilter(text)
      return ""
    } catch {
      return "It is not a filter of MQTT. \(error)\n"
    }
  }

  private var connectedWords: (head: String, hint: String) {
    let asked = connection.subscriptions.filter { $0.answer == nil }.map(\.filter)
    guard asked.isEmpty else {
      return ("Connected, and waiting for the broker to grant \(asked.joined(separator: ", ")).", "")
    }
    let granted = connection.subscriptions.filter { !$0.isRefused }.map(\.filter).joined(separator: ", ")
    return (
      "Connected, and subscribed to \(granted). Nothing has arrived yet.",
      "There are no retained messages that we may read, and nobody has published since."
        + (isReadOnly ? "" : " p publishes a message.")
    )
  }
}
