/// The oldest segment, on its way out of the log.
struct Retired {
  let block: Block
  let used: Int
  /// The position of its first message.
  let position: UInt64

  /// It holds one message too large for a segment.
  func isOfOneMessage(segmentBytes: Int) -> Bool {
    block.byteCount > segmentBytes
  }

  func record(at offset: Int) -> Record {
    block.load(at: offset, as: Record.self)
  }

  /// The size the payload had when it was received.
  func payloadSize(of record: Record, at offset: Int) -> Int {
    record.marks.contains(.isCut) ? block.load(at: offset + record.end, as: Int.self) : Int(record.payloadCount)
  }
}
