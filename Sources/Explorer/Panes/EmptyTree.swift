import MQTT
import Terminal

/// What stands in place of a tree that has no rows: why it is empty, and what to try.
struct EmptyTree {
  let connection: ConnectionStatus
  let filter: String?
  let isReadOnly: Bool
  /// The monotonic time of the frame.
  let now: Int64

  func draw(into frame: inout Frame, in place: Rect) {
    let inner = place.inset(columns: 1, rows: place.rows > 6 ? 1 : 0)
    let (head, hint) = words
    let used = frame.writeParagraph(head, in: inner, Style(role, on: .panel))
    frame.writeParagraph(hint, in: inner.split(rows: used + 1).bottom, Style(.dim, on: .panel))
  }

  private var role: Role {
    if case .stopped = connection.phase { return .danger }
    if case .waiting = connection.phase { return .warning }
    return connection.refused.isEmpty ? .text : .warning
  }

  private var words: (head: String, hint: String) {
    if let filter { return ("No topic matches \(filter).", Self.fault(of: filter) + "Esc clears the filter.") }
    switch connection.phase {
    case .connecting:
      return ("Connecting to \(connection.address)…" + lost(exceptFor: nil), "")
    case .waiting(_, let why):
      let hint = "r tries again at once; B shows other brokers; q quits."
      return (why + lost(exceptFor: why), hint)
    case .stopped(let why):
      let credentials = "\nFor a user name: mqttscope --username NAME …; the password is asked for."
      if let other = connection.offeredClientID {
        return (why, "r goes on as “\(other)” and leaves “\(connection.clientID)” to the other client; q quits.")
      }
      return (why, "r tries again; B shows other brokers; q quits." + (connection.wantsCredentials ? credentials : ""))
    case .connected:
      return connectedWords
    }
  }

  /// Why the last connection ended: the attempts that follow at once must not take that from the screen.
  private func lost(exceptFor why: String?) -> String {
    guard let lost = connection.lostBecause, lost != why else { return "" }
    return "\nWhy the connection was lost: \(lost)"
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
    let refused = connection.refused
    if !refused.isEmpty, refused.count == connection.subscriptions.count {
      let reasons = refused.map { "\($0.filter): \($0.reason)" }
      return (
        "The broker refused what we asked to see.\n" + reasons.joined(separator: "\n"),
        "You may not be allowed to see everything. Start again with a narrower filter, such as -t 'home/#'."
      )
    }
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
