import Terminal

/// The connection screen between the status line and the footer.
extension ConnectionScreen {
  private static let ground = Ground.panel
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

  /// Where the connections are, with their heading above and what there is to say of one below.
  static func places(in body: Rect) -> (top: Rect, list: Rect, detail: Rect) {
    let inside = body.inside.inset(columns: 1, rows: 0)
    let (top, detail) = inside.split(rows: inside.rows - min(Self.detailRows, inside.rows / 3))
    return (top, top.split(rows: 1).bottom, detail)
  }

  private func drawList(into frame: inout Frame, in body: Rect, _ rows: [ConnectionRow], _ now: Instant) {
    let found = list.found(in: rows)
    frame.box(body, title: "Brokers", note: note(rows, found), isFocused: true, on: Self.ground)
    let places = Self.places(in: body)
    if rows.isEmpty {
      let role: Role = unreadable != nil ? .danger : stray != nil ? .warning : .text
      frame.writeParagraph(unreadable ?? stray ?? Self.welcome, in: places.top, Style(role, on: Self.ground))
    } else {
      let columns = ConnectionColumns(table, beside: rows.dropFirst(table.entries.count), in: places.top)
      drawHeading(columns, into: &frame, in: places.top.line(0))
      drawRows(found, columns, into: &frame, in: places.list, now)
    }
    let lit = list.lit(among: found).map { found[$0] }
    frame.writeParagraph(words(lit, hasRows: !rows.isEmpty), in: places.detail, Style(role(lit), on: Self.ground))
    drawFooter(body.line(body.rows - 1), keys(rows), into: &frame)
  }

  private func keys(_ rows: [ConnectionRow]) -> [(key: String, words: String)] {
    if list.isFinding { return [("Enter", "done"), ("Esc", "show all"), ("Down", "next"), ("Up", "previous")] }
    let commands = table.problem == nil ? ConnectionCommand.allCases : [.openFile, .leave]
    let hasBroker = rows.contains { $0.broker != nil }
    return commands.map { command in
      switch command {
      case .leave where !list.filter.isEmpty: (command.key.name, "show all")
      case .leave where !hasBroker: (command.key.name, "quit")
      default: (command.key.name, command.words)
      }
    }
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

  private func note(_ rows: [ConnectionRow], _ found: [ConnectionRow]) -> String {
    guard list.filter.isEmpty else { return "\(Format.count(found.count)) of \(Format.count(rows.count)) match" }
    let open = rows.count { $0.broker != nil }
    return open == 0 ? "" : "\(open) open, each with a memory budget of its own"
  }

  /// What the columns are, or what is looked for.
  private func drawHeading(_ columns: ConnectionColumns, into frame: inout Frame, in place: Rect) {
    guard list.filter.isEmpty, !list.isFinding else {
      return list.filter.drawPrompt(
        into: &frame, in: place, isFocused: list.isFinding, placeholder: "part of a name or address; !word leaves out")
    }
    columns.draw(["Name", "Address", "State", "Used"], Style(.dim, on: Self.ground), into: &frame, in: place)
  }

  private func drawRows(
    _ rows: [ConnectionRow], _ columns: ConnectionColumns, into frame: inout Frame, in area: Rect, _ now: Instant
  ) {
    if rows.isEmpty {
      frame.write(
        "No broker matches \(list.filter.text).", at: area.origin, in: area, Style(.dim, on: Self.ground))
    }
    let lit = list.lit(among: rows)
    let first = list.first(among: rows, height: area.rows)
    for (index, row) in rows.enumerated().dropFirst(first).prefix(area.rows) {
      let place = area.line(index - first)
      let ground: Ground = index == lit ? .selected : Self.ground
      frame.fill(place, Style(.text, on: ground))
      frame.write(row.state.mark, at: place.origin, in: place, Style(row.state.role, on: ground))
      let used = row.lastUsed.map { Format.age(now.wall - $0 * 1_000_000_000) } ?? ""
      let words = (row.isShown ? "on screen, " : "") + row.state.words(at: now.monotonic)
      columns.draw(
        [row.profile ?? "–", row.address, words, used], Style(index == lit ? .text : .value, on: ground), into: &frame,
        in: place)
    }
  }

  /// What there is to say of the lit row, or of the file.
  private func words(_ lit: ConnectionRow?, hasRows: Bool) -> String {
    if let unreadable { return hasRows ? unreadable : "" }
    let place = stray ?? path.map { "Profiles are kept in \($0)." } ?? ""
    guard let lit else { return !hasRows && stray != nil ? "" : place }
    switch lit.state {
    case .broken(let why): return why
    case .open(.awaitingPassword(let command)): return "Waiting for the password command, which x ends: \(command)"
    case .open(.waiting(_, let why)), .open(.stopped(let why)): return why
    default: break
    }
    guard lit.profile != nil else { return "Opened by its URL; it has no profile, and c writes one down." }
    return place
  }

  private func role(_ lit: ConnectionRow?) -> Role {
    if table.problem != nil { return .danger }
    guard let lit else { return .dim }
    switch lit.state {
    case .broken, .open(.stopped): return .danger
    case .open(.waiting): return .warning
    default: return stray == nil || lit.profile == nil ? .dim : .warning
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
