import MQTT
import NIOCore

/// The broker about itself: the tree `$SYS`, as mosquitto has it.
extension BrokerState {
  /// What `$SYS/broker/version` says.
  private static let name = "mqttscope broker \(Broker.version)"

  /// Publishes what has changed, if it is time.
  mutating func tickSystem(at now: Int64) {
    guard limits.systemInterval > 0, now >= systemDueAt else { return }
    systemDueAt = now + limits.systemInterval * 1_000_000_000
    let loads = load.update(with: statistics, at: now)
    for (topic, value) in facts(at: now) + loads {
      guard saidOfSystem[topic] != value else { continue }
      saidOfSystem[topic] = value
      let publish = Publish(topic: "$SYS/broker/\(topic)", payload: ByteBuffer(string: value), isRetained: true)
      do throws(EncodingError) {
        _ = self.publish(try StoredMessage(publish, at: now), from: -1, at: now)
      } catch {
        statistics.publishesDropped += 1  // the topics are ours and valid
      }
    }
  }

  private func facts(at now: Int64) -> [(topic: String, value: String)] {
    let connected = connectedCount
    let total = sessionByClient.count
    let waiting = sessions.reduce(0) { $0 + $1.queue.count + $1.inFlight.count }
    let waitingBytes = sessions.reduce(0) { $0 + $1.queuedBytes + $1.retainedBytes }
    let numbers: [(String, Int)] = [
      ("clients/total", total), ("clients/maximum", statistics.mostClients),
      ("clients/connected", connected), ("clients/active", connected),
      ("clients/disconnected", total - connected), ("clients/inactive", total - connected),
      ("clients/expired", statistics.sessionsExpired),
      ("messages/received", statistics.packetsReceived), ("messages/sent", statistics.packetsSent),
      ("publish/messages/received", statistics.publishesReceived),
      ("publish/messages/sent", statistics.publishesSent),
      ("publish/messages/dropped", statistics.publishesDropped),
      ("publish/bytes/received", statistics.publishBytesReceived),
      ("publish/bytes/sent", statistics.publishBytesSent),
      ("bytes/received", statistics.bytesReceived), ("bytes/sent", statistics.bytesSent),
      ("subscriptions/count", subscriptions.count), ("shared_subscriptions/count", subscriptions.sharedCount),
      ("retained messages/count", retained.count), ("messages/stored", retained.count + waiting),
      ("store/messages/count", retained.count + waiting), ("store/messages/bytes", retained.size + waitingBytes),
    ]
    let uptime = (now - startedAt) / 1_000_000_000
    return [("version", Self.name), ("uptime", "\(uptime) seconds")] + numbers.map { ($0.0, "\($0.1)") }
  }
}
