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

  /// Connects, with the password that was asked of the profile's command if it has one.
  func connect(_ id: BrokerID, _ target: Target, given password: [UInt8]?) {
    do {
      var configuration = try configuration(
        target, given: password, isReadOnly: workspace[id]?.model.isReadOnly ?? false)
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
    forgetPassword(of: id)
    guard let place = links.firstIndex(where: { $0.id == id }) else { return }
    letGo(links.remove(at: place))
  }

  /// Connects with an identifier and a session of its own, so that nothing of ours or of others is disturbed.
  func test(_ profile: Profile, typed: [UInt8]?, given: [UInt8]?) {
    do {
      var configuration = try configuration(.profile(profile, password: typed), given: given, isReadOnly: true)
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
    end { $0.purpose == .trial }
    guard let trial else { return }
    self.trial = nil
    letGo(trial)
  }

  private func letGo(_ link: Link) {
    link.leave(until: Clock.monotonic + Self.goodbye)
    leaving.append(link)
  }

  /// - Parameters:
  ///   - password: What the profile's command gave, if it has one.
  ///   - isReadOnly: Nothing may be written, a will neither.
  private func configuration(
    _ target: Target, given password: [UInt8]?, isReadOnly: Bool
  ) throws(ProfileError) -> Configuration {
    switch target {
    case .configuration(let configuration): return configuration
    case .moved(let target, let endpoint):
      var configuration = try configuration(target, given: password, isReadOnly: isReadOnly)
      configuration.endpoint = endpoint
      configuration.journal = nil  // it is the file of the other session, and stays as it is
      return configuration
    case .profile(let profile, let typed):
      var secret = password ?? typed
      if password == nil, let source = profile.password { secret = try source.bytes() }
      var configuration = try profile.configuration(password: secret)
      if isReadOnly { configuration.will = nil }
      if profile.clientID != nil { configuration.keepJournal(in: Folders().state) }
      return configuration
    }
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
