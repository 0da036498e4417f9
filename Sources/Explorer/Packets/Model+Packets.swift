import MQTTClient
import Terminal

/// The protocol view in the model.
extension Model {
  mutating func openPackets() -> [Effect] {
    layer = .packets
    packetView.follow()
    packets.setFilter(PacketFilter(packetView.filter.text))
    guard !tracesAll else { return [] }
    packets.forgetDeliveries()
    packets.note("from here on the broker's messages are shown too", wall: now.wall)
    return [.perform(.trace(.everything))]
  }

  mutating func handlePackets(_ key: Key) -> [Effect] {
    if case .mouse(let event) = key {
      let list = PacketPane.places(in: layerWindow, isOpen: packetView.isOpen).list
      packetView.handle(event, list: list, in: packets)
      return []
    }
    switch packetView.handle(key, in: packets) {
    case .none: return []
    case .filtered: packets.setFilter(PacketFilter(packetView.filter.text))
    case .save: return savePackets()
    case .reconnect: return [.perform(connection.reconnection)]
    case .close: return closePackets()
    }
    return []
  }

  mutating func closePackets() -> [Effect] {
    layer = .none
    packets.setFilter(nil)
    guard !tracesAll else { return [] }
    packets.note("the view was closed: the broker's messages pass unseen from here on", wall: now.wall)
    return [.perform(.trace(.ours))]
  }

  mutating func refreshPackets() {
    guard layer.screen == .packets else { return }
    let places = PacketPane.places(in: layerWindow, isOpen: packetView.isOpen)
    let detail = Size(columns: places.detail.columns, rows: places.detail.rows - 1)
    guard packetView.refresh(from: packets, height: places.list.rows, detailSize: detail, now: now) else { return }
    say(
      .warning,
      "What was held had to make room: \(Format.size(PacketLog.budget)) or \(Format.count(PacketLog.countLimit)) lines "
        + "are kept. The view follows again.")
  }

  /// The screen without its status line and footer.
  var layerWindow: Rect {
    layerScreen.split(rows: 1).bottom.split(rows: -1).top
  }

  /// The screen for what lies above the panes.
  var layerScreen: Rect { Footer.screen(Rect(size), above: notice) }

  /// The bytes that ended the connection, if it was bytes.
  func evidence(of end: Disconnection) -> [UInt8] {
    if case .malformed = end.reason { packets.lastReceived } else { [] }
  }

  /// The rows as a file: a line for each, as the log has them, and below a packet its bytes.
  private func savePackets() -> [Effect] {
    var text: [UInt8] = []
    var count = 0
    for row in 0..<packetView.count {
      guard let entry = packets.number(at: row).flatMap(packets.entry) else { continue }
      text += "\(Format.date(entry.wall)) \(Format.time(entry.wall)) \(entry.line)\n".utf8
      entry.writeBytes(to: &text)
      if entry.packet != nil { count += 1 }
    }
    return [.savePackets(text, count: count)]
  }
}
