import Glibc
import MQTTClient
import Terminal

/// The loop.
extension App {
  /// Between two frames at least so long passes, in nanoseconds.
  private static let frameInterval: Int64 = 16_000_000
  /// The same while messages arrive faster than they are taken in.
  private static let busyFrameInterval: Int64 = 30_000_000
  /// A slice of the inbox takes so long at most.
  private static let slice: Int64 = 4_000_000
  /// A screen on which nothing happens is drawn so often, for its ages.
  private static let idleInterval: Int64 = 1_000_000_000

  func loop() {
    defer { leave() }
    workspace.size = screen.size
    while !isOver {
      wait()
      takeKeys()
      takeSignals()
      takeEvents()
      if takePasswords() { isChanged = true }
      drawIfDue()
    }
    keepDraft()
  }

  /// Gives the terminal back at once, and only then says goodbye to the brokers, which must not take us for a client that
  /// vanished and publish its will.
  private func leave() {
    screen.close()
    for link in links { link.leave(until: Clock.monotonic + Self.goodbye) }
    leaving += links
    end { _ in true }
    while !leaving.isEmpty || !endingPrograms.isEmpty {
      var descriptor = pollfd(fd: wake.fileDescriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&descriptor, 1, endingPrograms.isEmpty ? 50 : 10)
      wake.clear()
      takeGoodbyes()
      endingPrograms.removeAll { $0.isOver(at: Clock.monotonic) }
    }
  }

  /// Lets go of the clients that have said goodbye, or had time enough to.
  private func takeGoodbyes() {
    leaving.removeAll { $0.hasLeft(at: Clock.now) }
  }

  private func wait() {
    let inputs = [screen.inputDescriptor, signals.fileDescriptor, wake.fileDescriptor]
    var descriptors = (inputs + passwordPrograms.flatMap(\.program.descriptors)).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let left = max(0, nextWork - Clock.monotonic)
    _ = poll(&descriptors, nfds_t(descriptors.count), Int32((left + 999_999) / 1_000_000))
  }

  /// When there is something to do even if nothing comes in.
  private var nextWork: Int64 {
    if hasEvents { return 0 }
    var time = lastFrame + (isChanged ? frameInterval : Self.idleInterval)
    if isUrgent { time = 0 }
    if let deadline = screen.keyDeadline { time = min(time, deadline) }
    if !passwordPrograms.isEmpty { time = min(time, Clock.monotonic + PasswordProgram.interval) }
    return time
  }

  private var hasEvents: Bool { links.contains(where: \.hasEvents) }

  private var frameInterval: Int64 { hasEvents ? Self.busyFrameInterval : Self.frameInterval }

  private func takeKeys() {
    let keys = screen.readKeys(at: Clock.monotonic)
    if !keys.isEmpty {
      workspace.now = Clock.now
      isUrgent = true
      let notices = restorePublishes()
      for key in keys { perform(workspace.handle(key)) }
      for notice in notices { workspace.say(.warning, notice) }
    }
    if screen.hasEnded { isOver = true }
  }

  private func takeSignals() {
    for signal in signals.read() {
      isUrgent = true
      switch signal {
      case .windowChanged: screen.resize()
      case .continued:  // a shell has set the terminal as it likes it
        screen.suspend()
        screen.resume()
      case .terminate, .hangUp, .interrupt: isOver = true
      case .stop: screen.stopProcess()
      }
      workspace.size = screen.size
    }
  }

  private func takeTrial() {
    trial?.collect()
    while let event = trial?.take() {
      workspace.receive(trial: event)
      isChanged = true
      if workspace.connections.trial?.isOver ?? true { endTrial() }
    }
  }

  private func takeEvents() {
    if !hasEvents { wake.clear() }
    takeGoodbyes()
    for link in links { link.collect() }
    if hasEvents || trial != nil { workspace.now = Clock.now }
    takeTrial()
    let end = Clock.monotonic + Self.slice
    while hasEvents, Clock.monotonic < end {
      for link in links {
        guard let event = link.take() else { continue }
        workspace.receive(event, from: link.id)
        isChanged = true
        if case .messages = event { continue }
        link.log?.take(event, at: workspace.now.wall, namesBroker: links.count > 1)
      }
    }
    for link in links where !link.hasEvents { link.log?.flush() }
  }

  private func drawIfDue() {
    let now = Clock.now
    let since = now.monotonic - lastFrame
    guard isUrgent || since >= (isChanged ? frameInterval : Self.idleInterval) else { return }
    workspace.refresh(at: now) { Clock.monotonic }
    screen.present(workspace.frame())
    lastFrame = now.monotonic
    isChanged = false
    isUrgent = workspace.isUnfinished
  }
}
