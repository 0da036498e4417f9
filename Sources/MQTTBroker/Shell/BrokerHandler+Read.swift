import MQTT
import NIOCore

/// From the bytes of a read to packets, which the state is told.
extension BrokerHandler {
  func walk(_ buffer: ByteBuffer, at now: Int64) {
    var offset = 0
    let bytes = buffer.readableBytesSpan
    while shell.state.isListening(to: place) {
      do throws(MalformedPacket) {
        let step = try decoder.decode(bytes, at: &offset, publishes: &views)
        takeViews(of: buffer, at: now)
        switch step {
        case .needMore(let count):
          keep(buffer, from: offset, wanted: count)
          return
        case .packet(let packet): take(packet, at: now)
        }
      } catch {
        takeViews(of: buffer, at: now)
        if !decoder.hasMetConnect(shell.state, place), let version = ProtocolVersion(ofConnect: bytes, at: offset) {
          decoder.version = version
        }
        shell.state.receive(error, in: decoder.version, from: place, at: now)
      }
    }
  }

  private func takeViews(of buffer: ByteBuffer, at now: Int64) {
    guard !views.isEmpty else { return }
    hasPublished = true
    shell.state.receive(views, in: buffer, from: place, at: now)
    views.removeAll(keepingCapacity: true)
  }

  private func take(_ packet: Packet, at now: Int64) {
    shell.state.receive(packet, in: decoder.version, from: place, at: now)
    if !isAccepted, shell.state.isAccepted(place) { admit() }
  }

  /// The client was accepted: from now on it may send what the broker has told it.
  private func admit() {
    isAccepted = true
    let limits = shell.state.limits
    decoder.maximumPacketSize = limits.maximumPacketSize ?? BrokerLimits.largestPacket
    decoder.topicAliasMaximum = decoder.version == .v5 ? limits.topicAliasMaximum : 0
    threshold?.isOpen = true
  }

  private func keep(_ buffer: ByteBuffer, from offset: Int, wanted count: Int) {
    guard var rest = buffer.getSlice(at: buffer.readerIndex + offset, length: buffer.readableBytes - offset),
      rest.readableBytes > 0
    else { return }
    tail.writeBuffer(&rest)
    wanted = count
  }
}

extension PacketDecoder {
  /// Whether the version is settled, by a CONNECT that was read.
  fileprivate func hasMetConnect(_ state: BrokerState, _ place: Int) -> Bool {
    if case .opened = state.connections[place].phase { false } else { true }
  }
}

extension ProtocolVersion {
  /// The version that a CONNECT names which cannot be read as a whole.
  fileprivate init?(ofConnect bytes: RawSpan, at offset: Int) {
    var place = offset + 1
    while place < bytes.byteCount, place < offset + 4, bytes.byte(at: place) & 0x80 != 0 { place += 1 }
    // Behind the length: two bytes of size, MQTT, the version
    guard place + 7 < bytes.byteCount, bytes.byte(at: offset) >> 4 == PacketType.connect.rawValue else { return nil }
    self.init(rawValue: bytes.byte(at: place + 7))
  }
}
