import Dispatch
import MQTT
import NIOCore
import NIOPosix
import TestSupport

@testable import MQTTClient

/// A client, and its events as they come.
final class Recorder {
  let client: Client
  let inbox: Inbox
  private let arrived: DispatchSemaphore
  private var events: [Event] = []
  private static let patience = DispatchTimeInterval.seconds(10)

  init(_ configuration: Configuration, byteLimit: Int = 2 << 20, resolver: (any Resolver & Sendable)? = nil) {
    let arrived = DispatchSemaphore(value: 0)
    self.arrived = arrived
    inbox = Inbox(byteLimit: byteLimit) { arrived.signal() }
    client = Client(configuration, inbox: inbox, on: MultiThreadedEventLoopGroup.singleton, resolver: resolver)
    client.start()
  }

  deinit { client.perform(.disconnect(.success, [])) }

  /// The value of the next event that has one; events before it are passed over.
  func next<Value>(_ what: String, _ value: (Event) -> Value?) throws(TestSupportError) -> Value {
    var passed: [Event] = []
    while true {
      while !events.isEmpty {
        let event = events.removeFirst()
        if let found = value(event) { return found }
        passed.append(event)
      }
      guard arrived.wait(timeout: .now() + Self.patience) == .success else {
        throw TestSupportError("\(what) did not come after \(passed)")
      }
      inbox.take(into: &events)
    }
  }

  func connection() throws(TestSupportError) -> Connection {
    try next("connected") { if case .connected(let connection) = $0 { connection } else { nil } }
  }

  func disconnection() throws(TestSupportError) -> Disconnection {
    try next("disconnected") { if case .disconnected(let end) = $0 { end } else { nil } }
  }

  func grants() throws(TestSupportError) -> [Grant] {
    try next("subscribed") { if case .subscribed(_, let grants, _) = $0 { grants } else { nil } }
  }

  /// So many messages, from as many batches as they come in.
  func messages(_ count: Int) throws -> [Publish] {
    var messages: [Publish] = []
    while messages.count < count {
      let batch = try next("messages") { if case .messages(let batch) = $0 { batch } else { nil } }
      for view in batch.views { messages.append(try Publish(view, in: batch.buffer, version: batch.version)) }
    }
    return messages
  }

  /// The steps of a publish up to the one that ends it.
  func publish(_ message: Message, as request: RequestID = 1) throws -> [DeliveryStep] {
    client.perform(.publish(request, message))
    var steps: [DeliveryStep] = []
    while true {
      let step = try next("delivery of \(message.topic)") {
        if case .delivery(request, let step, _) = $0 { step } else { nil }
      }
      steps.append(step)
      switch step {
      case .acknowledged, .completed, .failed: return steps
      case .sent where message.qos == .atMostOnce: return steps
      case .received(let code, _) where code.isError: return steps
      default: break
      }
    }
  }
}

extension Configuration {
  /// A configuration for a server on this machine.
  static func loopback(
    _ port: UInt16, _ version: ProtocolVersion = .v5, _ change: (inout Configuration) -> Void = { _ in }
  ) -> Self {
    var configuration = Configuration(.tcp(host: "127.0.0.1", port: Int(port)), clientID: "c")
    configuration.protocolChoice = .only(version)
    configuration.reconnection = .never
    change(&configuration)
    return configuration
  }
}
