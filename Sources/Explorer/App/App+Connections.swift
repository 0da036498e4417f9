import Glibc
import MQTT
import MQTTClient
import Terminal

/// Clients made, tried and let go; the file of the profiles.
extension App {
  /// The first broker, or the connection screen; B reads the profiles when they are first looked at.
  func begin(_ start: Options.Start?) {
    guard let start else { return readProfiles() }
    guard let opened = workspace.open(start.opening) else { return }
    perform(opened.effects + [.connect(opened.id, start.target)])
    if let name = start.opening.profile { use(name) }
  }

  func connect(_ id: BrokerID, _ target: Target) {
    targets[id] = target
    do {
      var configuration = try configuration(target, isReadOnly: workspace[id]?.model.isReadOnly ?? false)
      if case .moved = target, let asked = workspace[id]?.model.connection.subscriptions {
        configuration.subscriptions = asked.map(\.subscription)
      }
      let seconds = Clock.now.wall / 1_000_000_000
      for warning in [configuration.tokenWarning(at: seconds), configuration.keyLogWarning].compactMap(\.self) {
        workspace.say(.warning, warning)
      }
      let link = Link(id, configuration, wake: wake, on: group)
      link.log = log.map { ConnectionLog(of: link.name, $0) }
      links.append(link)
      workspace.know(AskedTerms(configuration), of: id)
      link.client.perform(.trace(log == nil ? .ours : .everything))
      link.client.start()
    } catch {
      workspace.fail(id, error.description)
    }
  }

  func close(_ id: BrokerID) {
    targets[id] = nil
    guard let place = links.firstIndex(where: { $0.id == id }) else { return }
    letGo(links.remove(at: place))
  }

  /// Connects with an identifier and a session of its own, so that nothing of ours or of others is disturbed.
  func test(_ profile: Profile, _ password: [UInt8]?) {
    endTrial()
    do {
      var configuration = try configuration(.profile(profile, password: password), isReadOnly: true)
      configuration.clientID = Configuration.uniqueClientID()
      configuration.cleanStart = true
      configuration.journal = nil
      configuration.properties = []
      configuration.subscriptions = []
      configuration.reconnection = .never
      let link = Link(BrokerID(number: 0), configuration, wake: wake, on: group)
      trial = link
      link.client.start()
    } catch {
      workspace.connections.trial?.fail(error.description)
    }
  }

  func endTrial() {
    guard let trial else { return }
    self.trial = nil
    letGo(trial)
  }

  private func letGo(_ link: Link) {
    link.leave(until: Clock.monotonic + Self.goodbye)
    leaving.append(link)
  }

  /// - Parameter isReadOnly: Nothing may be written, a will neither.
  private func configuration(_ target: Target, isReadOnly: Bool) throws(ProfileError) -> Configuration {
    switch target {
    case .configuration(let configuration): return configuration
    case .moved(let target, let endpoint):
      var configuration = try configuration(target, isReadOnly: isReadOnly)
      configuration.endpoint = endpoint
      configuration.journal = nil  // it is the file of the other session, and stays as it is
      return configuration
    case .profile(let profile, let typed):
      var configuration = try profile.configuration(
        password: profile.password.map { source throws(ProfileError) in
          try password(source)
        } ?? typed)
      if isReadOnly { configuration.will = nil }
      if profile.clientID != nil { configuration.keepJournal(in: Folders().state) }
      return configuration
    }
  }

  private func password(_ source: PasswordSource) throws(ProfileError) -> [UInt8] {
    if case .command(let command) = source { return try output(of: command) }
    return try source.bytes()
  }

  /// What a command writes. It has the terminal meanwhile, as it may ask for something itself.
  private func output(of command: String) throws(ProfileError) -> [UInt8] {
    let words = try PasswordWords.split(command)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .password("There is no pipe for the password command.") }
    defer { Glibc.close(ends[0]) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    let status: Int32
    do {
      defer { Glibc.close(ends[1]) }
      // The shell redirects, and passes the words on as they are
      status = try screen.run(
        ["/bin/sh", "-c", "exec \"$@\" >/dev/fd/\(ends[1])", "sh"] + words,
        saying: "mqttscope runs the password command: \(command) (Ctrl+C gives up)")
    } catch {
      throw .password("The password command cannot be run: \(error)")
    }
    workspace.size = screen.size
    guard status != 126, status != 127 else {
      throw .password("The password command \(words[0]) cannot be run: there is no such program.")
    }
    guard status <= 128 else { throw .password("The password command was ended before it had given a password.") }
    guard status == 0 else { throw .password("The password command ended with status \(status).") }
    var bytes = [UInt8](repeating: 0, count: PasswordSource.limit + 1)
    let count = read(ends[0], &bytes, bytes.count)
    let line = PasswordWords.firstLine(bytes.prefix(max(0, count)))
    return try PasswordSource.password(line, from: "The password command")
  }
}

/// The file of the profiles.
extension App {
  func readProfiles() {
    if let lastUsed { workspace.connections.lastUsed = lastUsed.load() }
    guard let profiles else { return }
    do {
      workspace.take(ProfileTable(try profiles.read()))
    } catch {
      workspace.take(ProfileTable(unreadable: error))
      workspace.say(.failure, error.description)
    }
  }

  func make(_ change: ProfileChange) {
    workspace.finish(
      change,
      Result { () throws(ProfileError) in
        guard let profiles else { throw .noFolder }
        return try profiles.make(change)
      })
    readProfiles()
  }

  func editProfiles() {
    guard let profiles else { return workspace.say(.failure, ProfileError.noFolder.description) }
    do {
      try profiles.makeSure()
    } catch {
      return workspace.say(.failure, error.description)
    }
    runProgram(named: "VISUAL", "EDITOR", otherwise: "vi", on: profiles.path)
    readProfiles()
  }

  func use(_ name: String) {
    do {
      try lastUsed?.note(name, at: Clock.now.wall / 1_000_000_000)
    } catch {
      workspace.say(.warning, error.description)
    }
  }
}
