import MQTTClient
import Terminal

/// The connection screen above the brokers.
extension Workspace {
  /// All that can be connected to: the profiles, then the brokers that are open without one.
  var rows: [ConnectionRow] {
    let profiles = connections.table.entries.map { entry in
      let broker = brokers.first { $0.profile == entry.name }
      let problem = entry.problems.first.map { ConnectionRow.State.broken($0.words(file: ProfileFile.name)) }
      return ConnectionRow(
        profile: entry.name, broker: broker?.id, address: entry.address,
        state: broker.map { .open($0.model.connection.phase) } ?? problem ?? .closed,
        lastUsed: connections.lastUsed[entry.name], isShown: broker.map { $0.id == shown?.id } ?? false)
    }
    let others = brokers.filter { broker in broker.profile.map { connections.table[$0] == nil } ?? true }
    return profiles
      + others.map { broker in
        ConnectionRow(
          profile: broker.profile, broker: broker.id, address: broker.model.connection.address,
          state: .open(broker.model.connection.phase), isShown: broker.id == shown?.id)
      }
  }

  /// Puts the connection screen above the brokers, with the row of the one on the screen lit.
  mutating func openConnections() -> [WorkspaceEffect] {
    isConnecting = true
    if let name = shown?.profile { connections.light(name, rows) }
    return [.readProfiles]
  }

  mutating func handleConnections(_ key: Key) -> [WorkspaceEffect] {
    connections.handle(key, rows, at: now.monotonic).flatMap { perform($0) }
  }

  private mutating func perform(_ request: ConnectionRequest) -> [WorkspaceEffect] {
    switch request {
    case .show(let id):
      isConnecting = false
      return show(id)
    case .connect(let name, let profile, let password): return connect(name, profile, password)
    case .close(let id): return close(id)
    case .test(let profile, let password):
      connections.trial = Trial(address: profile.address, start: now.monotonic)
      return [.test(profile, password: password)]
    case .endTest: return [.endTest]
    case .change(let change): return [.change(change)]
    case .openFile: return [.editProfiles]
    case .leave:
      guard !brokers.isEmpty else { return [.quit] }
      isConnecting = false
      return []
    }
  }

  /// Opens a broker by a profile.
  mutating func connect(_ name: String, _ profile: Profile, _ password: [UInt8]?) -> [WorkspaceEffect] {
    guard let opened = open(BrokerOpening(name, profile)) else {
      say(.warning, "\(Self.limit) brokers are open, which is the most; x closes one.")
      return []
    }
    isConnecting = false
    return opened.effects + [.connect(opened.id, .profile(profile, password: password)), .used(name)]
  }

  /// Takes what the configuration says now.
  mutating func take(_ table: ProfileTable) { connections.take(table) }

  /// A change of the configuration was written, or not.
  mutating func finish(_ change: ProfileChange, _ outcome: Result<TOMLText, ProfileError>) {
    switch outcome {
    case .failure(let error):
      if case .changedMeanwhile = error { connections.allowWritingOver() }
      say(.failure, error.description)
    case .success(let text):
      connections.take(ProfileTable(text))
      connections.saved(change)
      switch change {
      case .add(let name, _):
        connections.light(name, rows)
        say(.success, "Saved “\(name)”.")
      case .edit(let old, let name, _, _):
        let open = brokers.first { $0.profile == old }
        open?.profile = name
        connections.light(name, rows)
        say(.success, "Saved “\(name)”." + (open == nil ? "" : " It counts from its next connection: x, then Enter."))
      case .delete(let name): say(.success, "Deleted the profile “\(name)”.")
      }
    }
  }

  /// A connection could not even be begun.
  func fail(_ id: BrokerID, _ sentence: String) {
    self[id]?.model.connection.phase = .stopped(why: sentence)
  }

  /// The command that gives the password is running.
  func awaitPassword(of id: BrokerID, _ command: String) {
    self[id]?.model.connection.phase = .awaitingPassword(command: command)
  }

  /// What the client of a broker asks for in CONNECT.
  func know(_ asked: AskedTerms, of id: BrokerID) {
    self[id]?.model.connection.asked = asked
  }

  /// What became of the trial.
  mutating func receive(trial event: Event) {
    connections.trial?.receive(event, at: now.monotonic)
  }

  /// The whole screen while the connection screen is open.
  func connectionsFrame() -> Frame {
    var frame = Frame(size: size)
    let layout = Layout(size: size, focus: .topics, isZoomed: true, share: 0.4, hasHistory: false)
    guard let body = layout.panes[.topics] else {
      frame.writeParagraph(
        "mqttscope needs at least \(Layout.smallest.columns)x\(Layout.smallest.rows) cells.", in: Rect(size), Style())
      return frame
    }
    if let shown {
      shown.model.drawStatus(into: &frame, in: layout.status)
    } else {
      frame.fill(layout.status, Style(.text, on: .bar))
      frame.write(" mqttscope", at: layout.status.origin, in: layout.status, Style(.accent, on: .bar, .bold))
    }
    let room = Footer.screen(Rect(size), above: connections.notice).rows - 2
    connections.draw(into: &frame, in: body.split(rows: room).top, rows, now: now)
    Footer(notice: connections.notice, isReadOnly: false, isCovered: true).draw(into: &frame, in: layout.footer)
    return frame
  }
}
