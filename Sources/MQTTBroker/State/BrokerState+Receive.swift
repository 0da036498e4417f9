import MQTT
import NIOCore

/// Packets of clients, whichever they are.
extension BrokerState {
  /// Whether what comes on a connection is still to be read.
  func isListening(to place: Int) -> Bool {
    switch connections[place].phase {
    case .opened, .authenticating, .connected: true
    case .free, .closing: false
    }
  }

  /// Whether the client of a connection was accepted.
  func isAccepted(_ place: Int) -> Bool { connections[place].phase == .connected }

  /// A packet came, other than PUBLISH.
  ///
  /// - Parameter version: what the decoder reads by; CONNECT has set it.
  mutating func receive(_ packet: Packet, in version: ProtocolVersion, from place: Int, at now: Int64) {
    statistics.packetsReceived += 1
    connections[place].heardAt = now
    switch connections[place].phase {
    case .free, .closing: return
    case .opened:
      guard case .connect(let connect) = packet else { return close(place) }  // [MQTT-3.1.0-1]
      connections[place].version = version
      connect.properties.authenticationMethod == nil
        ? accept(connect, from: place, at: now) : beginAuthentication(connect, from: place, at: now)
    case .authenticating(let connect): continueConnecting(connect, packet, from: place, at: now)
    case .connected: receive(packet, from: place, of: connections[place].session, at: now)
    }
  }

  private mutating func receive(_ packet: Packet, from place: Int, of session: Int, at now: Int64) {
    switch packet {
    case .puback(let step): receive(.puback(step.reasonCode), step.packetID, from: place, of: session, at: now)
    case .pubrec(let step): receive(.pubrec(step.reasonCode), step.packetID, from: place, of: session, at: now)
    case .pubcomp(let step): receive(.pubcomp(step.reasonCode), step.packetID, from: place, of: session, at: now)
    case .pubrel(let step): release(step.packetID, from: place, of: session, at: now)
    case .subscribe(let request): subscribe(request, from: place, of: session, at: now)
    case .unsubscribe(let request): unsubscribe(request, from: place, of: session, at: now)
    case .pingreq: send(.pingresp, to: place)  // [MQTT-3.12.4-1]
    case .disconnect(let goodbye): receive(goodbye, from: place, of: session, at: now)
    case .auth(let step): reauthenticate(step, from: place, at: now)
    case .connect: refuse(place, .protocolError, at: now)  // [MQTT-3.1.0-2]
    case .connack, .publish, .suback, .unsuback, .pingresp: refuse(place, .protocolError, at: now)
    }
  }

  /// Bytes came that are no packet.
  mutating func receive(_ error: MalformedPacket, in version: ProtocolVersion, from place: Int, at now: Int64) {
    switch connections[place].phase {
    case .free, .closing: return
    case .opened:
      connections[place].version = version
      refuse(error, from: place)
    case .authenticating: rejectConnect(place, error.reason)
    case .connected:
      // A second CONNECT is one too many, whatever is wrong with it [MQTT-3.1.0-2]
      refuse(place, error.packet == .connect ? .protocolError : error.reason, at: now)
    }
  }

  private mutating func refuse(_ error: MalformedPacket, from place: Int) {
    if error.field == "protocol version" {  // in words that every client of any version knows [MQTT-3.1.2-2]
      connections[place].version = .v3_1_1
      rejectConnect(place, .unsupportedProtocolVersion)
    } else if error.packet == .connect, connections[place].version == .v5, error.field != "protocol name" {
      rejectConnect(place, error.reason)
    } else {
      close(place)  // [MQTT-3.1.4-1] of 3.1.1
    }
  }

  /// Ends the connection of a client that breaks the rules, and tells it why if its version can [MQTT-4.13.1-1].
  mutating func refuse(_ place: Int, _ reason: ReasonCode, at now: Int64) {
    if connections[place].version == .v5 { send(.disconnect(Disconnect(reason)), to: place) }
    close(place)
    leave(place, at: now)
  }
}
