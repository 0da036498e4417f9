import Glibc
import MQTT
import MQTTClient
import NIOCore
import NIOPosix

extension Measure {
  static var ingest: [Measure] {
    [
      ("tiny", "20 B to 100 topics", 100, Packets.shortTopic, 20, QoS.atMostOnce),
      ("mixed", "100 B to 10,000 topics", 10_000, Packets.factoryTopic, 100, .atMostOnce),
      ("qos1", "the same at QoS 1", 10_000, Packets.factoryTopic, 100, .atLeastOnce),
    ].flatMap { ingest($0.0, $0.1, topics: $0.2, name: $0.3, payload: $0.4, qos: $0.5) } + watched + [handover]
      + publish
  }

  /// The same with the protocol view open.
  private static var watched: [Measure] {
    [("watched", QoS.atMostOnce), ("watched qos1", .atLeastOnce)].map { name, qos in
      Measure("ingest.\(name) cpu", .nanoseconds, "CPU a message, 100 B to 10,000 topics, each packet traced") {
        let bytes = try Packets.publishes(
          30_000, topics: 10_000, named: Packets.factoryTopic, payload: 100, qos: qos)
        return { try Ingest(of: bytes, times: 30, qos: qos, tracing: .everything).nanoseconds }
      }
    }
  }

  private static func ingest(
    _ name: String, _ explanation: String, topics: Int, name topic: @escaping (Int) -> String, payload: Int, qos: QoS
  ) -> [Measure] {
    let packets = { try Packets.publishes(30_000, topics: topics, named: topic, payload: payload, qos: qos) }
    return [
      Measure("ingest.\(name)", .perSecond, "messages over loopback into the model, \(explanation)") {
        let bytes = try packets()
        return { try Ingest(of: bytes, times: 30, qos: qos).perSecond }
      },
      Measure("ingest.\(name) cpu", .nanoseconds, "CPU of it a message, both threads") {
        let bytes = try packets()
        return { try Ingest(of: bytes, times: 30, qos: qos).nanoseconds }
      },
    ]
  }

  /// The inbox stays unless it costs more than 15 % over the lock.
  private static var handover: Measure {
    Measure("handover", .ratio, "CPU of the inbox over that of a store behind a lock on the event loop") {
      let bytes = try Packets.publishes(30_000, topics: 10_000, named: Packets.factoryTopic, payload: 100)
      return {
        let locked = try LockedIngest(of: bytes, times: 30).nanoseconds
        return try Ingest(of: bytes, times: 30, qos: .atMostOnce).nanoseconds / locked
      }
    }
  }

  private static var publish: [Measure] {
    QoS.allCases.flatMap { qos in
      [
        Measure("publish.qos\(qos.rawValue)", .perSecond, "messages of 100 B published to mosquitto until all are sure")
        {
          let broker = try RealBroker()
          return { try Publishing(20_000, qos: qos, to: broker.port).perSecond }
        },
        Measure("publish.qos\(qos.rawValue) ratio", .ratio, "the same over mosquitto_pub -l, in turns") {
          let broker = try RealBroker()
          return {
            let others = try broker.lines(20_000, of: 100, qos: qos.rawValue)
            return try Publishing(20_000, qos: qos, to: broker.port).perSecond / others
          }
        },
        Measure("publish.qos\(qos.rawValue) library", .ratio, "the same over libmosquitto, in turns") {
          let broker = try RealBroker()
          let library = try Libmosquitto()
          return {
            let others = try library.perSecond(20_000, qos: qos, to: broker.port)
            return try Publishing(20_000, qos: qos, to: broker.port).perSecond / others
          }
        },
      ]
    }
  }
}
