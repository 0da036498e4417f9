import MQTT

/// Messages that are kept for those who subscribe later. Source: MQTT 5.0, 3.3.1.3.
extension BrokerState {
  /// Keeps a message of a session for its topic, or by one without a payload nothing.
  mutating func retain(_ message: StoredMessage, from session: Int) {
    let source = source(of: message, from: session)
    let isTold = isKeeping && !message.withTopic { $0.isSystem }
    if message.isEmpty || isTold && room != .enough {
      // Without room what there was goes too: a value that was replaced must not come back
      let wasThere = message.withTopic { retained.remove($0) }  // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
      if isTold, wasThere { changes.append(.retainedEnded(message.topicBytes)) }
      if !message.isEmpty { statistics.publishesDropped += 1 }
    } else if !retained.keep(message, from: source, count: limits.retainedMessages, size: limits.retainedBytes) {
      statistics.publishesDropped += 1
      hasRefusedRetained = true
      if isTold { changes.append(.retainedEnded(message.topicBytes)) }
    } else if isTold {
      changes.append(.retained(Kept.Retained(message: message, publisher: source.publisher)))
    }
  }

  /// Who published a message is remembered only if rules may take back the right to; the broker itself is nobody. What waited
  /// for PUBREL may have lost the right since it came.
  private mutating func source(of message: StoredMessage, from session: Int) -> Source {
    guard session >= 0, let rights = sessions[session].rights else { return .unknown }
    return Source(sessions[session].asPublisher(), mayWrite: message.withTopic { rights.mayWrite($0) })
  }

  /// Whether there is no room for a message that is to be kept.
  mutating func cannotRetain(_ view: PublishView, _ topic: RawSpan, from session: Int) -> Bool {
    guard view.isRetained, !view.payload.isEmpty else { return false }
    var size = topic.byteCount + view.properties.count + view.payload.count
    if sessions[session].rights != nil { size += sessions[session].asPublisher().size }
    return !retained.hasRoom(for: topic, size, count: limits.retainedMessages, size: limits.retainedBytes)
  }

  /// Tells of retained messages that have expired.
  mutating func noteExpired(_ messages: [StoredMessage]) {
    guard isKeeping else { return }
    for message in messages { changes.append(.retainedEnded(message.topicBytes)) }
  }
}
