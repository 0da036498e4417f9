import MQTT
import MQTTBroker
import NIOPosix

extension Measure {
  /// The built-in broker, beside mosquitto in the same run.
  static var broker: [Measure] {
    [
      ("one", "messages of 100 B through the broker to one subscriber", 200_000, 1, QoS.atMostOnce),
      ("one.qos1", "the same at QoS 1", 50_000, 1, .atLeastOnce),
      ("hundred", "copies of 100 B through the broker to 100 subscribers", 5_000, 100, .atMostOnce),
      ("hundred.qos1", "the same at QoS 1", 2_000, 100, .atLeastOnce),
    ].flatMap { broker($0.0, $0.1, count: $0.2, subscribers: $0.3, qos: $0.4) }
  }

  private static func broker(
    _ name: String, _ explanation: String, count: Int, subscribers: Int, qos: QoS
  ) -> [Measure] {
    [
      Measure("broker.\(name)", .perSecond, explanation) {
        let port = try ownBroker()
        return { try Fanout(count, to: subscribers, qos: qos, port: port).perSecond }
      },
      Measure("broker.\(name) ratio", .ratio, "the same over mosquitto, in turns") {
        let port = try ownBroker()
        let other = try RealBroker()
        return {
          let others = try Fanout(count, to: subscribers, qos: qos, port: other.port).perSecond
          return try Fanout(count, to: subscribers, qos: qos, port: port).perSecond / others
        }
      },
    ]
  }

  /// The port of a broker on a thread of its own, which stays to the end of the program.
  private static func ownBroker() throws -> Int {
    let broker = Broker(on: MultiThreadedEventLoopGroup(numberOfThreads: 1))
    guard let listener = Listener("127.0.0.1:0") else { return 0 }
    return try broker.listen(on: listener).port
  }
}
