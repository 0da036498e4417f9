import MQTTClient
import Terminal

/// The protocol view in the model.
extension Model {
  mutating func openPackets() -> [Effect] {
    layer = .packets
    packetView.follow()
    guard !tracesAll else { return [] }
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
    case .close:
      layer = .none
      guard !tracesAll else { return [] }
      packets.note("the view was closed: the broker's messages pass unseen from here on", wall: now.wall)
      packets.forgetDeliveries()
      return [.perform(.trace(.ours))]
    }
    return []
  }

  mutating func refreshPackets() {
    guard layer == .packets else { return }
    let places = PacketPane.places(in: layerWindow, isOpen: packetView.isOpen)
    packetView.refresh(from: packets, height: places.list.rows, detailHeight: places.detail.rows - 1)
  }

  /// The screen without its status line and footer.
  var layerWindow: Rect {
    Rect(size).split(rows: 1).bottom.split(rows: -1).top
  }

  /// The rows as a file, one line a packet, as the log has them.
  private func savePackets() -> [Effect] {
    var text: [UInt8] = []
    for row in 0..<packetView.count {
      guard let entry = packets.number(at: row).flatMap(packets.entry) else { continue }
      text += "\(Format.date(entry.wall)) \(Format.time(entry.wall)) ".utf8
      switch entry.content {
      case .note(let note): text += "· \(Sanitiser.visible(note))".utf8
      case .packet(let packet, let bytes): text += PacketSummary(packet, bytes).line(packet, entry.link).utf8
      }
      text.append(.newline)
    }
    return [.savePackets(text, count: packetView.count)]
  }
}
