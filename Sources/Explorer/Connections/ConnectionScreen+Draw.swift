import Terminal

/// The connection screen between the status line and the footer.
extension ConnectionScreen {
  private static let ground = Ground.panel
  /// The row of the screen on which the first connection stands.
  static let firstRow = 3
  private static let detailRows = 4

  func draw(into frame: inout Frame, in body: Rect, _ rows: [ConnectionRow], now: Instant) {
    switch stage {
    case .form(let form): form.draw(into: &frame, in: body)
    case .password(_, let form?): form.draw(into: &frame, in: body)
    default: drawList(into: &frame, in: body, rows, now)
    }
    if case .password(let prompt, _) = stage { prompt.draw(into: &frame, in: body) }
    if case .deleting(let name) = stage { drawQuestion(name, into: &frame, in: body) }
    trial?.draw(into: &frame, in: body)
  }

  private func drawList(into frame: inout Frame, in body: Rect, _ rows: [ConnectionRow], _ now: Instant) {
    frame.box(body, title: "Brokers", note: count(rows), isFocused: true, on: Self.ground)
    let inside = body.inside.inset(columns: 1, rows: 0)
    let (top, detail) = inside.split(rows: -min(Self.detailRows, inside.rows / 3))
    if rows.isEmpty {
      let role: Role = unreadable != nil ? .danger : stray != nil ? .warning : .text
      frame.writeParagraph(unreadable ?? stray ?? Self.welcome, in: top, Style(role, on: Self.ground))
    } else {
      drawRows(into: &frame, in: top, rows, now)
    }
    frame.writeParagraph(words(rows), in: detail, Style(role(rows), on: Self.ground))
    let hasBroker = rows.contains { $0.broker != nil }
    let commands = table.problem == nil ? ConnectionCommand.allCases : [.openFile, .leave]
    let keys = commands.map { (key: $0.key.name, words: $0 == .leave && !hasBroker ? "quit" : $0.words) }
    drawFooter(body.line(body.rows - 1), keys, into: &frame)
  }

  private static let welcome = """
    No broker is written down yet.

    n writes down the first one: an address is enough, such as mqtt://localhost.
    mqttscope import FILE takes over what mosquitto_sub, MQTT Explorer or MQTTX know.
    mqttscope mqtt://HOST looks at a broker at once and writes nothing down.
    """

  /// Why there are no profiles, though somebody wrote some.
  private var unreadable: String? {
    table.problem.map { problem in
      "The configuration cannot be read. \(problem.words(file: path ?? ProfileFile.name)) o opens it in $EDITOR; nothing "
        + "is written to it until it can be read."
    }
  }

  /// What is not read though it looks like a profile.
  private var stray: String? {
    table.strays.first?.problems.first.map {
      "\($0.words(file: path ?? ProfileFile.name)) o opens it in $EDITOR\(table.strays.count > 1 ? "; there are more" : "")."
    }
  }

  private func count(_ rows: [ConnectionRow]) -> String {
    let open = rows.count { $0.broker != nil }
    return open == 0 ? "" : "\(open) open, each with a memory budget of its own"
  }

  private func drawRows(into frame: inout Frame, in place: Rect, _ rows: [ConnectionRow], _ now: Instant) {
    let (head, list) = place.split(rows: 1)
    let shape = ConnectionColumns(table, beside: rows.dropFirst(table.entries.count), columns: place.columns)
    shape.draw(["Name", "Address", "State", "Used"], Style(.dim, on: Self.ground), into: &frame, in: head)
    let lit = min(line, rows.count - 1)
    let first = max(0, min(lit - list.rows / 2, rows.count - list.rows))
    for (index, row) in rows.enumerated().dropFirst(first).prefix(list.rows) {
      let place = list.line(index - first)
      let ground: Ground = index == lit ? .selected : Self.ground
      frame.fill(place, Style(.text, on: ground))
      frame.write(row.state.mark, at: place.origin, in: place, Style(row.state.role, on: ground))
      let used = row.lastUsed.map { Format.age(now.wall - $0 * 1_000_000_000) } ?? ""
      let words = (row.isShown ? "on screen, " : "") + row.state.words(at: now.monotonic)
      shape.draw(
        [row.profile ?? "–", row.address, words, used], Style(index == lit ? .text : .value, on: ground), into: &frame,
        in: place)
    }
  }

  /// What there is to say of the lit row, or of the file.
  private func words(_ rows: [ConnectionRow]) -> String {
    if let unreadable { return rows.isEmpty ? "" : unreadable }
    let place = stray ?? path.map { "Profiles are kept in \($0)." } ?? ""
    guard rows.indices.contains(line) else { return rows.isEmpty && stray != nil ? "" : place }
    switch rows[line].state {
    case .broken(let why): return why
    case .open(.waiting(_, let why)), .open(.stopped(let why)): return why
    default: break
    }
    guard rows[line].profile != nil else { return "Opened by its URL; it has no profile, and c writes one down." }
    return place
  }

  private func role(_ rows: [ConnectionRow]) -> Role {
    if table.problem != nil { return .danger }
    guard rows.indices.contains(line) else { return .dim }
    switch rows[line].state {
    case .broken, .open(.stopped): return .danger
    case .open(.waiting): return .warning
    default: return stray == nil || rows[line].profile == nil ? .dim : .warning
    }
  }

  private func drawQuestion(_ name: String, into frame: inout Frame, in screen: Rect) {
    let window = screen.inset(columns: 2, rows: 1).centred(Size(columns: 60, rows: 6))
    frame.box(window, title: "Delete", note: "y deletes · any other key keeps it", isFocused: true, on: .popup)
    var sentence = "This deletes the profile “\(name)” from the configuration. A connection that is open stays open."
    if let folder = path?.dropLast(ProfileFile.name.count + 1),
      table.passwordFile(ofOnly: name, in: String(folder)) != nil
    {
      sentence += " Its password, which was imported, is deleted too."
    }
    frame.writeParagraph(sentence, in: window.inside.inset(columns: 1, rows: 0), Style(.danger, on: .popup))
  }
}

/// The columns of the list: a mark, name, address, state, and when it was used last.
private struct ConnectionColumns {
  private var widths: [Int]

  /// - Parameter others: The rows behind those of the profiles.
  init(_ table: ProfileTable, beside others: ArraySlice<ConnectionRow>, columns: Int) {
    let used = columns >= 56 ? 5 : 0
    let rest = columns - 2 - used
    let names = others.map { TextWidth.of($0.profile ?? "") } + [table.nameWidth]
    let addresses = others.map { TextWidth.of($0.address) } + [table.addressWidth]
    let name = min(max(8, (names.max() ?? 0) + 2), rest / 3)
    let address = min(max(10, (addresses.max() ?? 0) + 2), rest / 2)
    widths = [name, address, max(0, rest - name - address), used]
  }

  func draw(_ texts: [String], _ style: Style, into frame: inout Frame, in place: Rect) {
    var column = place.column + 2
    for (index, text) in texts.enumerated() where widths[index] > 0 {
      let cell = Rect(column: column, row: place.row, columns: widths[index], rows: 1).intersection(place)
      if index == texts.count - 1 {
        frame.writeRight(text, in: cell, style)
      } else {
        frame.write(TextWidth.clip(text, to: max(0, cell.columns - 1)), at: cell.origin, in: cell, style)
      }
      column += widths[index]
    }
  }
}

extension ConnectionRow.State {
  fileprivate var mark: String {
    switch self {
    case .closed: " "
    case .broken: "×"
    case .open: "●"
    }
  }

  fileprivate var role: Role {
    switch self {
    case .closed: .dim
    case .broken, .open(.stopped): .lampDown
    case .open(.connected): .lampUp
    case .open: .lampWaiting
    }
  }

  fileprivate func words(at now: Int64) -> String {
    switch self {
    case .closed: return ""
    case .broken: return "broken"
    case .open(.connecting): return "connecting"
    case .open(.connected): return "connected"
    case .open(.waiting(let until, _)):
      let seconds = (until - now + 999_999_999) / 1_000_000_000
      return seconds > 0 ? "retry in \(seconds) s" : "retrying"
    case .open(.stopped): return "not connected"
    }
  }
}
