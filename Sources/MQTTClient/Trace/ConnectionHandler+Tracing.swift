import MQTT
import NIOCore

/// Where packets pass the tap: behind the encoder on their way out, behind the decoder on their way in.
extension ConnectionHandler {
  /// A packet was written behind `start` readable bytes of `outgoing`.
  func traceSent(_ packet: Packet, behind start: Int) {
    let outgoing = outgoing
    let bytes = outgoing.readableBytesSpan.extracting(droppingFirst: start)
    tap.add(bytes, id: packet.packetID, isSent: true, session.version, at: now)
  }

  /// Acknowledgements of four bytes each were written behind `start` readable bytes of `outgoing`.
  func traceSent(_ acknowledgements: [UInt16], behind start: Int) {
    let outgoing = outgoing
    var bytes = outgoing.readableBytesSpan.extracting(droppingFirst: start)
    for id in acknowledgements {
      tap.add(bytes.extracting(first: 4), id: id, isSent: true, session.version, at: now)
      bytes = bytes.extracting(droppingFirst: 4)
    }
  }

  /// The decoder has made a step: messages that begin at `place`, and perhaps another packet that ends it.
  func traceReceived(
    _ views: [PublishView], from first: Int, in buffer: ByteBuffer, _ place: Range<Int>, _ packet: Packet?
  ) {
    let span = buffer.readableBytesSpan
    let version = reading.decoder.version
    if tap.isOpen {
      var start = place.lowerBound
      for view in views[first...] {
        tap.add(span.extracting(start..<Int(view.end)), id: view.packetID, isSent: false, version, at: now)
        start = Int(view.end)
      }
    }
    guard let packet, tap.takes(packet.type, isSent: false) else { return }
    let start = views.count > first ? Int(views[views.count - 1].end) : place.lowerBound
    tap.add(span.extracting(start..<place.upperBound), id: packet.packetID, isSent: false, version, at: now)
  }

  /// The decoder has met bytes that are no packet: they are evidence, as many as came. Where client and server prove who
  /// they are, it ends a little behind the fault, since an AUTH or CONNACK may follow.
  func traceMalformed(_ buffer: ByteBuffer, from start: Int, to end: Int, by fault: MalformedPacket? = nil) {
    guard tap.level != .nothing else { return }
    let bytes = buffer.readableBytesSpan.extracting(start..<end)
    let known = session.authenticationMethod == nil ? nil : fault.map { $0.offset + 3 }
    tap.add(bytes, id: 0, isSent: false, reading.decoder.version, at: now, knownTo: known)
  }

  /// What has passed is told before what came of it.
  func postTrace() {
    guard tap.hasTaken else { return }
    posts.insert(contentsOf: tap.take().map(Event.traced), at: 0)
  }
}

extension Packet {
  /// The number of the delivery or request; 0 if there is none.
  fileprivate var packetID: UInt16 {
    switch self {
    case .publish(let publish): publish.packetID
    case .puback(let step), .pubrec(let step), .pubrel(let step), .pubcomp(let step): step.packetID
    case .subscribe(let request): request.packetID
    case .suback(let answer): answer.packetID
    case .unsubscribe(let request): request.packetID
    case .unsuback(let answer): answer.packetID
    case .connect, .connack, .pingreq, .pingresp, .disconnect, .auth: 0
    }
  }
}
