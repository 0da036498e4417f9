import Glibc
import MQTT
import MQTTClient
import NIOPosix
import Terminal

/// A client for the commands without a screen: one thread that waits for the broker, its input and signals at once.
final class Conversation {
  private let client: Client
  private let inbox: Inbox
  private let wake: Wake
  private let watchesOutput: Bool
  private var events: [Event] = []
  /// What there was of an earlier run.
  private(set) var restored = RestoredSession()

  /// - Parameter watchesOutput: whether there is nothing left to do once nobody reads standard output.
  init(_ configuration: Configuration, watchesOutput: Bool) throws(Failure) {
    for warning in [configuration.tokenWarning(at: Timestamp.seconds), configuration.keyLogWarning].compactMap(\.self) {
      say(warning)
    }
    let wake = try Interruption.listen()
    self.wake = wake
    self.watchesOutput = watchesOutput
    inbox = Inbox { wake.signal() }
    client = Client(configuration, inbox: inbox, on: MultiThreadedEventLoopGroup(numberOfThreads: 1))
  }

  deinit { Interruption.stopListening() }

  /// Starts the client and returns when the broker has accepted it; what came after that is left for `wait`.
  func connect() throws(Failure) -> Connection {
    client.start()
    while true {
      _ = try waitForNews()
      while !events.isEmpty {
        switch events.removeFirst() {
        case .connected(let connection): return connection
        case .journal(let news):
          if case .restored(let found) = news { restored = found }
          if restored.isEmpty, case .restored = news { continue }
          say(news.description)
        case .disconnected(let end): throw Failure(end)
        default: continue
        }
      }
    }
  }

  /// Handles the events that came with the connection, without waiting for others.
  func handlePending(_ handle: (Event) throws(Failure) -> Void) throws(Failure) {
    let news = events
    events.removeAll()
    for event in news { try handle(event) }
  }

  func perform(_ request: Request) {
    client.perform(request)
  }

  /// Waits for events and, if it is wanted, for standard input, not longer than to this time; says whether there is input.
  func wait(
    forInput: Bool = false, until time: ContinuousClock.Instant? = nil, _ handle: (Event) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    let hasInput = events.isEmpty ? try waitForNews(forInput: forInput, until: time) : false
    try handlePending(handle)
    return hasInput
  }

  /// Says goodbye to the broker and waits until all that was sent before has left; the end may still be another one.
  @discardableResult func end() -> Disconnection? {
    Interruption.stopListening()  // whoever interrupts the goodbye means it
    client.perform(.disconnect(.success, []))
    var reminder: ContinuousClock.Instant? = .now + .seconds(5)
    while true {
      inbox.take(into: &events)
      for case .disconnected(let end) in events { return end }
      events.removeAll()
      if let time = reminder, time <= .now {
        say("sending what is left; Ctrl+C gives up")
        reminder = nil
      }
      var entry = pollfd(fd: wake.fileDescriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&entry, 1, 100)
      wake.clear()
    }
  }

  private func waitForNews(
    forInput: Bool = false, until time: ContinuousClock.Instant? = nil
  ) throws(Failure) -> Bool {
    var entries = [
      pollfd(fd: wake.fileDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: forInput ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: watchesOutput ? STDOUT_FILENO : -1, events: 0, revents: 0),
    ]
    _ = poll(&entries, 3, time.map { ContinuousClock.now.milliseconds(to: $0) } ?? -1)
    wake.clear()
    if let signal = Interruption.signal { throw .interrupted(signal: signal) }
    if entries[2].revents & Int16(POLLERR | POLLNVAL) != 0 { throw .outputClosed }
    inbox.take(into: &events)
    return entries[1].revents != 0
  }
}

extension ContinuousClock.Instant {
  /// What `poll` is to wait: up to the time, and a minute at most.
  fileprivate func milliseconds(to time: Self) -> Int32 {
    Int32(max(0, min(60_000, (duration(to: time) / .milliseconds(1)).rounded(.up))))
  }
}
