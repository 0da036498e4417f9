import Dispatch
import MQTT
import NIOCore
import NIOPosix
import TestSupport

@testable import MQTTClient

/// A client whose connection is cut, and who may be killed and come back, with a count of all that reaches its owner.
///
/// Its owner sends numbers in order, a few at a time, and after a death sends again what had not been sent.
final class UnderFire {
  /// The numbers that arrived, in the order of their arrival.
  private(set) var received: [Int] = []
  private(set) var deaths = 0

  private let configuration: Configuration
  private let topic: String
  private let count: Int
  private let loop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
  private let arrived: DispatchSemaphore
  private let inbox: Inbox
  private let handler: NIOLoopBoundBox<ConnectionHandler?>
  /// Those that have died, as long as anybody holds them.
  private let dead: NIOLoopBoundBox<[Remains]>
  /// How many numbers were handed over to the client that lives now, or were sent by one before it.
  private var started = 0
  /// The numbers that are handed over and not finished, and whether they have been sent.
  private var unfinished: [Int: Bool] = [:]
  private var lastFinished = -1
  private static let window = 50

  /// - Parameter count: how many numbers to publish to `topic`.
  init(_ configuration: Configuration, publishing count: Int, to topic: String) {
    self.configuration = configuration
    self.topic = topic
    self.count = count
    let arrived = DispatchSemaphore(value: 0)
    self.arrived = arrived
    inbox = Inbox(byteLimit: 1 << 30) { arrived.signal() }
    handler = .makeEmptyBox(valueType: ConnectionHandler.self, eventLoop: loop)
    dead = .makeBoxSendingValue([], eventLoop: loop)
    live()
  }

  var isFinished: Bool { started == count && unfinished.isEmpty }
  /// Whether the broker has its subscription.
  private(set) var isSubscribed = false

  /// Sends what may be sent, if it may be, and takes in what comes.
  func step(sending: Bool = true) throws {
    if sending { send() }
    _ = arrived.wait(timeout: .now() + .milliseconds(1))
    try take()
  }

  var progress: String { "\(received.count) received, \(started) begun, \(unfinished.count) unfinished" }

  /// Dies without a word in the middle of everything, and comes back with nothing but the journal.
  func dieAndComeBack() throws {
    deaths += 1
    try perform { $0?.crash() }
    try take()
    for (number, isSent) in unfinished where !isSent { unfinished[number] = nil }
    // Messages are sent in order, so those that were not are the last ones
    started = max(unfinished.keys.max() ?? -1, lastFinished) + 1
    live()
  }

  func stop() throws { try perform { $0?.crash() } }

  /// How many of the dead are held by somebody still, though the last of them may be on its way.
  func remains() throws -> Int {
    try loop.submit { [dead] in dead.value.count { $0.handler != nil } }.wait()
  }

  private func live() {
    loop.execute { [handler, dead, configuration, inbox, loop] in
      if let last = handler.value { dead.value.append(Remains(last)) }
      handler.value = ConnectionHandler(configuration, inbox: inbox, eventLoop: loop)
      handler.value?.carryOut(.reconnect)
    }
  }

  private func perform(_ action: @Sendable @escaping (ConnectionHandler?) -> Void) throws {
    try loop.submit { [handler] in action(handler.value) }.wait()
  }

  private func send() {
    while started < count, unfinished.count < Self.window {
      let message = Message(topic: topic, payload: ByteBuffer(string: "\(started)"), qos: .exactlyOnce)
      unfinished[started] = false
      let request = RequestID(rawValue: UInt64(started) + 1)
      loop.execute { [handler] in handler.value?.carryOut(.publish(request, message)) }
      started += 1
    }
  }

  private func take() throws {
    var events: [Event] = []
    inbox.take(into: &events)
    for event in events {
      switch event {
      case .messages(let batch):
        for view in batch.views {
          let message = try Publish(view, in: batch.buffer, version: batch.version)
          received.append(Int(String(buffer: message.payload)) ?? -1)
        }
      case .subscribed(_, let grants, _): isSubscribed = grants.allSatisfy { !$0.reasonCode.isError }
      case .delivery(let request, let step, _): try note(step, of: Int(request.rawValue & ~(1 << 63)) - 1)
      case .journal(.failed(let error)): throw error
      case .disconnected(let end) where end.retryIn == nil && end.reason != .requested:
        throw TestSupportError(end.description)
      default: break
      }
    }
  }

  private func note(_ step: DeliveryStep, of number: Int) throws {
    switch step {
    case .sent: unfinished[number] = true
    case .completed(let code, _) where !code.isError:
      unfinished[number] = nil
      lastFinished = max(lastFinished, number)
    case .queued, .received, .released: break
    default: throw TestSupportError("\(number): \(step)")
    }
  }
}

/// A client that has died.
private struct Remains {
  weak var handler: ConnectionHandler?

  init(_ handler: ConnectionHandler) { self.handler = handler }
}

extension ConnectionHandler {
  /// What a SIGKILL between two turns of the event loop leaves: a closed socket and the journal.
  fileprivate func crash() {
    attempt += 1
    let channel = context
    context = nil
    channel?.close(promise: nil)
    journal = nil
    posts = []
    outgoing.clear()
    reading.stop()
    session = Session(session.configuration, seed: 0)
    settle()  // its timer would wait for its time
  }
}
