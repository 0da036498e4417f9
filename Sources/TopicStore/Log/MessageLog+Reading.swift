/// What is in the log, by position and from the newest on.
extension MessageLog {
  /// The message at a position, or nil once its segment went.
  func record(at position: UInt64) -> Record? {
    guard let block = block(of: position) else {
      return nil
    }
    return block.load(at: offset(of: position), as: Record.self)
  }

  /// The position of the topic's message before this one, or 0.
  func previous(of position: UInt64) -> UInt64 {
    guard let record = record(at: position), record.back != 0 else {
      return 0
    }
    let previous = position - UInt64(record.back)
    return previous >> offsetBits >= first ? previous : 0
  }

  func withPayload<Result>(at position: UInt64, limit: Int = .max, _ body: (RawSpan) -> Result) -> Result? {
    guard let block = block(of: position), let record = record(at: position) else {
      return nil
    }
    let count = min(Int(record.payloadCount), max(limit, 0))
    return block.withBytes(at: offset(of: position) + record.payloadOffset, count: count, body)
  }

  func withProperties<Result>(at position: UInt64, _ body: (RawSpan) -> Result) -> Result? {
    guard let block = block(of: position), let record = record(at: position) else {
      return nil
    }
    let count = Int(record.propertiesCount)
    return block.withBytes(at: offset(of: position) + record.propertiesOffset, count: count, body)
  }

  /// The size the payload had when it was received.
  func payloadSize(at position: UInt64) -> Int? {
    guard let block = block(of: position), let record = record(at: position) else {
      return nil
    }
    guard record.marks.contains(.isCut) else {
      return Int(record.payloadCount)
    }
    return block.load(at: offset(of: position) + record.end, as: Int.self)
  }

  /// The position of the next message at the least.
  var end: UInt64 {
    first == next ? next << offsetBits : (next - 1) << offsetBits | UInt64(used / 8)
  }

  /// Calls `body` with messages before `end`, newest first, until it returns false: at most those of two segments.
  func visitNewest(before end: UInt64, _ body: (UInt64, Record) -> Bool) {
    let last = min((max(end, 1) - 1) >> offsetBits, next - 1)
    var found: [(position: UInt64, record: Record)] = []
    for serial in (max(first, max(last, 1) - 1)..<max(first, last + 1)).reversed() {
      var bound = usedBytes(of: serial)
      for part in ring[slot(serial)].parts.reversed() {
        found.removeAll(keepingCapacity: true)
        records(of: serial, from: Int(part), to: bound, before: end, into: &found)
        bound = Int(part)
        for (position, record) in found.reversed() {
          guard body(position, record) else { return }
        }
      }
    }
  }

  private func records(
    of serial: UInt64, from start: Int, to bound: Int, before end: UInt64,
    into found: inout [(position: UInt64, record: Record)]
  ) {
    let block = ring[slot(serial)].block
    var offset = start
    while offset < bound, case let position = serial << offsetBits | UInt64(offset / 8), position < end {
      let record = block.load(at: offset, as: Record.self)
      found.append((position, record))
      offset += record.byteCount
    }
  }

  private func block(of position: UInt64) -> Block? {
    let serial = position >> offsetBits
    return serial >= first && serial < next ? ring[slot(serial)].block : nil
  }

  private func offset(of position: UInt64) -> Int {
    Int(position & (1 << offsetBits - 1)) * 8
  }
}
