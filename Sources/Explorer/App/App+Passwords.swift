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
        finish(.broker(id), Result { () throws(ProfileError) in try output(of: command) })
      } else {
        passwordPrograms.append(try PasswordProgram(command, for: .broker(id)))
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
      passwordPrograms.append(try PasswordProgram(command, for: .trial))
    } catch {
      workspace.connections.trial?.fail(error.description)
    }
  }

  /// The person does not wait for the password any longer.
  func giveUpPassword(of id: BrokerID) {
    guard passwordPrograms.contains(where: { $0.purpose == .broker(id) }) else { return }
    end { $0.purpose == .broker(id) }
    finish(.broker(id), .failure(.password("The password command was ended before it had given a password.")))
  }

  func forgetPassword(of id: BrokerID) {
    end { $0.purpose == .broker(id) }
    needTerminal.remove(id)
  }

  /// Takes the passwords that have come; whether the screen is another one.
  func takePasswords() -> Bool {
    let now = Clock.monotonic
    var isChanged = false
    for program in passwordPrograms {
      guard let outcome = program.collect(at: now) else { continue }
      end { $0 === program }
      finish(program.purpose, outcome)
      isChanged = true
    }
    endingPrograms.removeAll { $0.isOver(at: now) }
    return isChanged
  }

  /// Ends programs that have not ended yet.
  func end(where isMeant: (PasswordProgram) -> Bool) {
    for program in passwordPrograms where isMeant(program) {
      program.end(at: Clock.monotonic)
      endingPrograms.append(program)
    }
    passwordPrograms.removeAll(where: isMeant)
  }

  private func finish(_ purpose: PasswordProgram.Purpose, _ outcome: Result<[UInt8], ProfileError>) {
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

  /// What a command writes that has the terminal meanwhile, where it can ask the person for something.
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
