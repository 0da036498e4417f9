import MQTT

/// Connections from their beginning to their end, and how much may be handed to each.
extension BrokerState {
  /// A connection was made; its place is the shell's choice, and not in use.
  mutating func opened(_ place: Int, at now: Int64) {
    while connections.count <= place { connections.append(Connection()) }
    connections[place] = Connection(heardAt: now, credit: limits.unsentBytes)
    move(place, to: .opened)
    statistics.connectionsMade += 1
    if openCount > limits.connections { close(place) }
  }

  /// A connection of another state, which is closed without a word of ours.
  mutating func inherit(_ place: Int) {
    while connections.count <= place { connections.append(Connection()) }
    move(place, to: .closing)
  }

  /// A connection goes on to its next phase.
  mutating func move(_ place: Int, to phase: Connection.Phase) {
    let old = connections[place].phase
    openCount += (phase == .free ? 0 : 1) - (old == .free ? 0 : 1)
    connectedCount += (phase == .connected ? 1 : 0) - (old == .connected ? 1 : 0)
    connections[place].phase = phase
  }

  /// The client of a connection is not read, so that it cannot be heard either.
  mutating func excuse(_ place: Int, at now: Int64) { connections[place].heardAt = now }

  /// What was handed to a connection is sent, so that it can take more.
  mutating func sent(_ place: Int, at now: Int64) {
    guard connections[place].credit < limits.unsentBytes else { return }
    connections[place].credit = limits.unsentBytes
    connections[place].sentAt = now
    let session = connections[place].session
    if session >= 0 { drain(session, at: now) }
  }

  /// The version that a connection speaks.
  func version(of place: Int) -> ProtocolVersion { connections[place].version }

  mutating func send(_ packet: Packet, to place: Int) {
    let codes =
      switch packet {
      case .suback(let answer): answer.reasonCodes.count
      case .unsuback(let answer): answer.reasonCodes.count
      default: 0
      }
    connections[place].credit -= 8 + codes
    outputs.append(.send(packet, to: place))
  }

  /// Closes a connection; nothing that it says counts from now on.
  mutating func close(_ place: Int) {
    guard connections[place].phase != .closing else { return }
    move(place, to: .closing)
    outputs.append(.close(place))
  }

  /// How many bytes a connection may be handed; below zero it owes us to read.
  func credit(of place: Int) -> Int { connections[place].credit }

  /// The largest packet that a client takes.
  func maximumPacketSize(of place: Int) -> Int {
    place >= 0 ? min(connections[place].maximumPacketSize, BrokerLimits.largestPacket) : 0
  }

  /// The broker ends: clients of 5.0 hear of it; their sessions stay to the last.
  mutating func shutDown(at now: Int64) {
    for place in connections.indices {
      switch connections[place].phase {
      case .connected: refuse(place, .serverShuttingDown, at: now)
      case .opened, .authenticating: close(place)
      case .free, .closing: break
      }
    }
  }
}
