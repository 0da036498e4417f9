import MQTT
import MQTTClient

/// Which packets belong together: a message and its acknowledgements, a request and its answer, a ping and its echo.
///
/// It follows the packets as they pass, one look-up for each that has an identifier, and remembers what is open: at most
/// two deliveries and a request for each identifier.
struct PacketExchanges {
  private struct Key: Hashable {
    var kind: Kind
    var isOurs: Bool
    var id: UInt16
  }

  private enum Kind { case delivery, request, ping, connect }

  private struct Exchange {
    var first: UInt64
    /// When its last packet passed, and the number of that.
    var last: Int64
    var newest: UInt64
  }

  private var open: [Key: Exchange] = [:]

  /// The place of the next packet among the others; `code` is its reason code if it is an acknowledgement.
  mutating func link(_ packet: TracedPacket, number: UInt64, at time: Int64, code: UInt8) -> PacketLink {
    let (id, isSent) = (packet.packetID, packet.isSent)
    switch packet.type {
    case .publish:
      guard id != 0 else { return PacketLink() }
      let key = Key(kind: .delivery, isOurs: isSent, id: id)
      // A message that is sent again goes on with what an earlier connection began
      if packet.firstByte & 0b1000 != 0, open[key] != nil { return goOn(key, number, at: time, isAnswer: false) }
      return begin(key, number, at: time)
    case .puback, .pubcomp: return end(Key(kind: .delivery, isOurs: !isSent, id: id), at: time)
    case .pubrec:
      let key = Key(kind: .delivery, isOurs: !isSent, id: id)
      return code >= 0x80 ? end(key, at: time) : goOn(key, number, at: time)  // [MQTT-4.3.3-4]
    case .pubrel: return goOn(Key(kind: .delivery, isOurs: isSent, id: id), number, at: time)
    case .subscribe, .unsubscribe: return begin(Key(kind: .request, isOurs: true, id: id), number, at: time)
    case .suback, .unsuback: return end(Key(kind: .request, isOurs: true, id: id), at: time)
    case .pingreq: return begin(Key(kind: .ping, isOurs: true, id: 0), number, at: time)
    case .pingresp: return end(Key(kind: .ping, isOurs: true, id: 0), at: time)
    case .connect: return begin(Key(kind: .connect, isOurs: true, id: 0), number, at: time)
    case .auth: return goOn(Key(kind: .connect, isOurs: true, id: 0), number, at: time, isAnswer: !isSent)
    case .connack: return end(Key(kind: .connect, isOurs: true, id: 0), at: time)
    case .disconnect, nil: return PacketLink()
    }
  }

  /// Messages of the broker pass unseen from now on, so what comes later must not be taken for an answer to what was seen.
  mutating func forgetDeliveries() {
    open = open.filter { $0.key.kind != .delivery || $0.key.isOurs }
  }

  /// When a packet of ours passed that an answer is due to; nil if none is. Costs a look-up.
  func askedAt(_ packet: TracedPacket, number: UInt64) -> Int64? {
    guard packet.isSent else { return nil }
    let key: Key
    switch packet.type {
    case .publish, .pubrel: key = Key(kind: .delivery, isOurs: true, id: packet.packetID)
    case .pubrec: key = Key(kind: .delivery, isOurs: false, id: packet.packetID)
    case .subscribe, .unsubscribe: key = Key(kind: .request, isOurs: true, id: packet.packetID)
    case .pingreq: key = Key(kind: .ping, isOurs: true, id: 0)
    case .connect, .auth: key = Key(kind: .connect, isOurs: true, id: 0)
    case .connack, .puback, .pubcomp, .suback, .unsuback, .pingresp, .disconnect, nil: return nil
    }
    guard let exchange = open[key], exchange.newest == number else { return nil }
    return exchange.last
  }

  /// The numbers of the requests that are not answered, the newest first.
  var openRequests: [UInt64] { open.filter { $0.key.kind == .request }.map(\.value.first).sorted(by: >) }

  private mutating func begin(_ key: Key, _ number: UInt64, at time: Int64) -> PacketLink {
    open[key] = Exchange(first: number, last: time, newest: number)
    return PacketLink(exchange: number)
  }

  private mutating func goOn(_ key: Key, _ number: UInt64, at time: Int64, isAnswer: Bool = true) -> PacketLink {
    guard let exchange = open[key] else { return PacketLink() }
    open[key] = Exchange(first: exchange.first, last: time, newest: number)
    return PacketLink(exchange: exchange.first, roundTrip: isAnswer ? time - exchange.last : nil)
  }

  private mutating func end(_ key: Key, at time: Int64) -> PacketLink {
    guard let exchange = open.removeValue(forKey: key) else { return PacketLink() }
    return PacketLink(exchange: exchange.first, roundTrip: time - exchange.last)
  }
}
