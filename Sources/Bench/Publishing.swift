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
    client.start()
    let message = Message(
      topic: Packets.factoryTopic(611), payload: ByteBuffer(repeating: UInt8(ascii: "x"), count: 100), qos: qos)
    let nanoseconds = Cost.onWall {
      var (begun, done) = (0, 0)
      var events: [Event] = []
      while done < count {
        while begun < min(count, done + 1_000) {
          begun += 1
          client.perform(.publish(RequestID(rawValue: UInt64(begun)), message))
        }
        wake.wait()
        wake.clear()
        events.removeAll(keepingCapacity: true)
        inbox.take(into: &events)
        done += events.count { $0.isEnd(of: qos) }
      }
    }
    perSecond = Double(count) / nanoseconds * 1e9
    try group.syncShutdownGracefully()
  }
}

extension Event {
  /// Nothing more will be said about a message.
  fileprivate func isEnd(of qos: QoS) -> Bool {
    switch self {
    case .delivery(_, .sent, _): qos == .atMostOnce
    case .delivery(_, .acknowledged, _), .delivery(_, .completed, _), .delivery(_, .failed, _): true
    default: false
    }
  }
}
