import MQTT

/// Messages that are kept for those who subscribe later. Source: MQTT 5.0, 3.3.1.3.
extension BrokerState {
  /// Keeps a message for its topic, or by one without a payload nothing.
  mutating func retain(_ message: StoredMessage) {
    let isTold = isKeeping && !message.withTopic { $0.isSystem }
    if message.isEmpty || isTold && room != .enough {
      // Without room what there was goes too: a value that was replaced must not come back
      let wasThere = message.withTopic { retained.remove($0) }  // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
      if isTold, wasThere { changes.append(.retainedEnded(message.topicBytes)) }
      if !message.isEmpty { statistics.publishesDropped += 1 }
    } else if !retained.keep(message, count: limits.retainedMessages, size: limits.retainedBytes) {
      statistics.publishesDropped += 1
      hasRefusedRetained = true
      if isTold { changes.append(.retainedEnded(message.topicBytes)) }
    } else if isTold {
      changes.append(.retained(message))
    }
  }

  /// Whether there is no room for a message that is to be kept.
  func cannotRetain(_ view: PublishView, _ topic: RawSpan) -> Bool {
    guard view.isRetained, !view.payload.isEmpty else { return false }
    let size = topic.byteCount + view.properties.count + view.payload.count
    return !retained.hasRoom(for: topic, size, count: limits.retainedMessages, size: limits.retainedBytes)
  }

  /// Tells of retained messages that have expired.
  mutating func noteExpired(_ messages: [StoredMessage]) {
    guard isKeeping else { return }
    for message in messages { changes.append(.retainedEnded(message.topicBytes)) }
  }
}
