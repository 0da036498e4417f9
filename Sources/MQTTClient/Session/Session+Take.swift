import MQTT

/// Messages of QoS 1 and 2 on their way to the owner, and the acknowledgements that may wait for him.
extension Session {
  /// A message of QoS 1 came: gives the identifier that is to be acknowledged at once.
  mutating func deliver(atLeastOnce id: UInt16) -> UInt16? {
    guard configuration.acknowledgesWhenTaken else { return id }
    untaken.append(id, .atLeastOnce)
    return nil
  }

  /// A message of QoS 2 came, for the first time or again before its PUBREL.
  mutating func deliver(exactlyOnce id: UInt16, isNew: Bool, at now: Int64) -> [Output] {
    if isNew, configuration.acknowledgesWhenTaken {
      untaken.append(id, .exactlyOnce)
      return []
    }
    guard !untaken.comeAgain(id) else { return [] }
    return (isNew ? handOver(id) : []) + [send(.pubrec(Acknowledgement(id)), at: now)]
  }

  /// The owner is done with so many messages of QoS 1 and 2 [MQTT-4.6.0-2] [MQTT-4.6.0-3].
  mutating func take(_ count: Int, at now: Int64) -> [Output] {
    var outputs: [Output] = []
    var acknowledgements: [UInt16] = []
    var rest = count
    while rest > 0, let step = untaken.takeFirst() {
      rest -= 1
      switch step {
      case .acknowledge(let id): if phase == .connected { acknowledgements.append(id) }
      case .nothing(let qos) where qos == .exactlyOnce:
        taken += 1
        outputs += record(.taken(taken))
      case .nothing: break
      case .record(let id, let isOwed):
        outputs += takeAcknowledgements(&acknowledgements, at: now) + handOver(id)
        if isOwed, phase == .connected { outputs.append(send(.pubrec(Acknowledgement(id)), at: now)) }
      }
    }
    return outputs + takeAcknowledgements(&acknowledgements, at: now)
  }

  /// The identifier stands for a message that the owner has, until PUBREL.
  private mutating func handOver(_ id: UInt16) -> [Output] {
    taken += 1
    return record(.received(id))
  }
}
