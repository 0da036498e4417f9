import Glibc
import Terminal

/// Passwords that a command gives.
///
/// It runs behind the screen, which stays alive, and has no terminal. A command that has to ask the person something fails
/// there; when that broker is to connect again, the command gets the terminal, and the screen waits.
extension App {
  func connect(_ id: BrokerID, _ target: Target) {
    targets[id] = target
    guard let command = target.passwordCommand else { return connect(id, target, given: nil) }
    guard !passwordPrograms.contains(where: { $0.purpose == .broker(id) }) else { return }
    do {
      if needTerminal.remove(id) != nil {
        finish(.broker(id), Result { () throws(ProfileError) in try passwordAtTerminal(command) })
      } else {
        passwordPrograms.append(try AwaitedPassword(command, for: .broker(id)))
        workspace.awaitPassword(of: id, command)
      }
    } catch {
      workspace.fail(id, error.description)
    }
  }

  /// Tries a profile, which may have a command to be asked before.
  func test(_ profile: Profile, typed: [UInt8]?) {
    endTrial()
    guard case .command(let command) = profile.password else { return test(profile, typed: typed, given: nil) }
    workspace.connections.trial?.awaitPassword(of: command, for: profile)
    do {
      passwordPrograms.append(try AwaitedPassword(command, for: .trial))
    } catch {
      workspace.connections.trial?.fail(error.description)
    }
  }

  /// The person does not wait for the password any longer.
  func giveUpPassword(of id: BrokerID) {
    guard passwordPrograms.contains(where: { $0.purpose == .broker(id) }) else { return }
    end { $0.purpose == .broker(id) }
    finish(.broker(id), .failure(.passwordGivenUp))
  }

  func forgetPassword(of id: BrokerID) {
    end { $0.purpose == .broker(id) }
    needTerminal.remove(id)
  }

  /// Takes the passwords that have come; whether the screen is another one.
  func takePasswords() -> Bool {
    let now = Clock.monotonic
    var isChanged = false
    for awaited in passwordPrograms {
      guard let outcome = awaited.program.collect(at: now) else { continue }
      end { $0.program === awaited.program }
      finish(awaited.purpose, outcome)
      isChanged = true
    }
    endingPrograms.removeAll { $0.isOver(at: now) }
    return isChanged
  }

  /// Ends programs that have not ended yet.
  func end(where isMeant: (AwaitedPassword) -> Bool) {
    for awaited in passwordPrograms where isMeant(awaited) {
      awaited.program.end(at: Clock.monotonic)
      endingPrograms.append(awaited.program)
    }
    passwordPrograms.removeAll(where: isMeant)
  }

  private func finish(_ purpose: AwaitedPassword.Purpose, _ outcome: Result<[UInt8], ProfileError>) {
    switch (purpose, outcome) {
    case (.broker(let id), .success(let password)):
      if let target = targets[id] { connect(id, target, given: password) }
    case (.broker(let id), .failure(let error)):
      needTerminal.insert(id)
      workspace.fail(id, "\(error) r runs it with the terminal, where it can ask for something.")
    case (.trial, .success(let password)):
      if let profile = workspace.connections.trial?.gotPassword() { test(profile, typed: nil, given: password) }
    case (.trial, .failure(let error)): workspace.connections.trial?.fail(error.description)
    }
  }

  /// The password of a command that has the terminal meanwhile, where it can ask the person for something.
  private func passwordAtTerminal(_ command: String) throws(ProfileError) -> [UInt8] {
    let words = try PasswordWords.split(command)
    screen.suspend()
    defer {
      if !isOver { screen.resume() }  // a signal may end us while a shell has the terminal
      workspace.size = screen.size
    }
    screen.tell("mqttscope runs the password command: \(command) (Ctrl+C gives up)")
    let program = try PasswordProgram(words, at: .terminal)
    let outcome = outcome(of: program)
    program.finish()
    if case .failure(.password(let sentence)) = outcome {
      screen.tell("\(sentence) Enter goes back.")
      awaitLine()
    }
    return try outcome.get()
  }

  private func outcome(of program: PasswordProgram) -> Result<[UInt8], ProfileError> {
    while true {
      if let outcome = program.collect() { return outcome }
      program.wait(beside: signals.fileDescriptor)
      if isInterrupted() { return .failure(.passwordGivenUp) }
    }
  }

  /// What a program has said stays to be read until Enter.
  private func awaitLine() {
    while !isInterrupted() {
      var entries = [screen.inputDescriptor, signals.fileDescriptor].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      _ = poll(&entries, nfds_t(entries.count), -1)
      guard entries[0].revents == 0 else { break }
    }
    tcflush(screen.inputDescriptor, TCIFLUSH)  // the line is nothing for the screen
  }

  /// Whether a signal came meanwhile that ends a wait at the terminal, or the program.
  private func isInterrupted() -> Bool {
    let came = signals.read()
    if came.contains(.terminate) || came.contains(.hangUp) { isOver = true }
    return isOver || came.contains(.interrupt)
  }
}
