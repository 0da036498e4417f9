import Dispatch
import MQTT
import MQTTClient
import NIOCore
import NIOPosix
import TestSupport

/// `mqttscope broker --data` under fire: killed by SIGKILL and started again while a publisher sends numbers of QoS 1 and 2 to a
/// session whose client is there, and to one whose client is not.
///
/// The publisher and the listener are clients of ours that keep their sessions over lost connections, as the standard demands;
/// each number is sent to the end of its handshake by whatever that takes.
final class KilledBroker {
  /// What a listener has got.
  struct Heard {
    private(set) var once: [Int] = []
    private(set) var leastOnce: [Int] = []

    mutating func take(_ number: Int) {
      // Even numbers are of QoS 2: whatever comes twice stays twice here
      if number % 2 == 0 { once.append(number) } else if !leastOnce.contains(number) { leastOnce.append(number) }
    }
  }

  let broker: BuiltInBroker
  private let folder: TemporaryFolder
  private let count: Int
  private let arrived = DispatchSemaphore(value: 0)
  private let publisher: Client
  private let listener: Client
  private let outcomes: Inbox
  private let messages: Inbox
  let awayArguments: [String]
  private var sent = 0
  private var underWay: Set<Int> = []
  private var sessions = 0
  private(set) var heard = Heard()

  /// Deliveries at a time.
  private static let window = 20

  init(_ version: ProtocolVersion, publishing count: Int) throws {
    self.count = count
    folder = try TemporaryFolder()
    broker = try BuiltInBroker(listeners: [], ["--data", "\(folder.path)/data", "--sys-interval", "1"])
    let arrived = arrived
    (outcomes, messages) = (Inbox { arrived.signal() }, Inbox { arrived.signal() })
    let away = version == .v5 ? ["-V", "5", "-x", "3600"] : ["-V", "mqttv311"]
    awayArguments = ["-h", "127.0.0.1", "-p", "\(broker.port)", "-i", "away", "-c", "-q", "2", "-t", "fire/#"] + away
    publisher = Client(
      Self.configuration("publisher", version, broker.port), inbox: outcomes, on: MultiThreadedEventLoopGroup.singleton)
    var listening = Self.configuration("listener", version, broker.port)
    listening.subscriptions = [Subscription(filter: "fire/#", qos: .exactlyOnce)]
    listener = Client(listening, inbox: messages, on: MultiThreadedEventLoopGroup.singleton)
    guard try PipedProgram.run("mosquitto_sub", awayArguments + ["-E"]).status == .exited(0) else {
      throw TestSupportError("the session that is away was not made")
    }
    listener.start()
    while sessions == 0 { try step() }
    publisher.start()
  }

  deinit {
    for client in [publisher, listener] { client.perform(.disconnect(.success, [])) }
  }

  private static func configuration(
    _ clientID: String, _ version: ProtocolVersion, _ port: UInt16
  ) -> Configuration {
    var configuration = Configuration(.tcp(host: "127.0.0.1", port: Int(port)), clientID: clientID)
    configuration.protocolChoice = .only(version)
    configuration.cleanStart = false
    configuration.properties = version == .v5 ? [.sessionExpiryInterval(3_600)] : []
    configuration.reconnection = .backoff(Backoff(first: .milliseconds(10), longest: .milliseconds(50)))
    configuration.duelLimit = nil
    return configuration
  }

  /// How many numbers have come to the end of their handshakes.
  var completed: Int { sent - underWay.count }
  var isComplete: Bool { completed == count && heard.once.count + heard.leastOnce.count >= count }

  /// Sends what may be sent, and takes in what has happened.
  func step() throws {
    while sessions > 0, sent < count, underWay.count < Self.window {
      sent += 1
      underWay.insert(sent)
      let message = Message(
        topic: "fire/\(sent % 10)", payload: ByteBuffer(string: "\(sent)"),
        qos: sent % 2 == 0 ? .exactlyOnce : .atLeastOnce, isRetained: true)
      publisher.perform(.publish(RequestID(rawValue: UInt64(sent)), message))
    }
    _ = arrived.wait(timeout: .now() + .milliseconds(20))
    var events: [Event] = []
    outcomes.take(into: &events)
    for event in events { try takeOutcome(event) }
    events.removeAll()
    messages.take(into: &events)
    for event in events { try takeMessages(event) }
  }

  private func takeOutcome(_ event: Event) throws {
    guard case .delivery(let id, let step, _) = event else { return }
    switch step {
    case .acknowledged(let code, _), .completed(let code, _):
      // Whose PUBCOMP was lost with the broker sends PUBREL again, and that is nothing new to the next one
      guard !code.isError || code == .packetIdentifierNotFound else {
        throw TestSupportError("\(id) ended with \(code)")
      }
      underWay.remove(Int(id.rawValue))
    case .received(let code, _) where code.isError: throw TestSupportError("\(id) was refused with \(code)")
    case .failed(let error): throw TestSupportError("\(id) failed: \(error)")
    default: break
    }
  }

  private func takeMessages(_ event: Event) throws {
    switch event {
    case .subscribed: sessions += 1
    case .connected(let connection):
      guard connection.sessionPresent == (sessions > 0) else { throw TestSupportError("the session was lost") }
    case .messages(let batch):
      for view in batch.views {
        let publish = try Publish(view, in: batch.buffer, version: batch.version)
        guard let number = Int(String(buffer: publish.payload)) else { throw TestSupportError("\(publish)") }
        heard.take(number)
      }
    default: break
    }
  }
}
