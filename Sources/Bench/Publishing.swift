import Explorer
import Glibc
import MQTT
import MQTTClient
import NIOCore
import NIOPosix
import Terminal

/// Messages published through a client, a thousand under way at a time.
struct Publishing {
  let perSecond: Double

  init(_ count: Int, qos: QoS, to port: Int) throws {
    let wake = try Wake()
    let inbox = Inbox { wake.signal() }
    var configuration = Configuration(.tcp(host: "127.0.0.1", port: port), clientID: "bench")
    configuration.reconnection = .never
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let client = Client(configuration, inbox: inbox, on: group)
    let message = Message(
      topic: Packets.factoryTopic(611), payload: ByteBuffer(repeating: UInt8(ascii: "x"), count: 100), qos: qos)
    var events: [Event] = []
    func takeEvents() {
      wake.wait()
      wake.clear()
      events.removeAll(keepingCapacity: true)
      inbox.take(into: &events)
    }
    let nanoseconds = try Cost.onWall {
      client.start()
      var (begun, done) = (0, 0)
      while !events.contains(where: \.isConnected) { takeEvents() }
      while done < count {
        while begun < min(count, done + 1_000) {
          begun += 1
          client.perform(.publish(RequestID(rawValue: UInt64(begun)), message))
        }
        takeEvents()
        for event in events where try event.isEnd(of: qos) { done += 1 }
      }
    }
    perSecond = Double(count) / nanoseconds * 1e9
    client.perform(.disconnect(.success, []))
    repeat { takeEvents() } while !events.contains(where: \.isDisconnected)
    try group.syncShutdownGracefully()
  }

  /// What was published is not sure, and will not be.
  struct Failure: Error {
    let why: Event
  }
}

extension Event {
  /// Nothing more will be said about a message.
  fileprivate func isEnd(of qos: QoS) throws -> Bool {
    switch self {
    case .delivery(_, .failed, _), .disconnected: throw Publishing.Failure(why: self)
    case .delivery(_, .sent, _): qos == .atMostOnce
    case .delivery(_, .acknowledged, _), .delivery(_, .completed, _): true
    default: false
    }
  }

  fileprivate var isConnected: Bool { if case .connected = self { true } else { false } }

  fileprivate var isDisconnected: Bool { if case .disconnected = self { true } else { false } }
}
