extension TopicStore {
  /// What is kept of the payload of a message that cannot be kept whole.
  static let cutBytes = 96

  /// Appends a message to the log and to the chain of its topic.
  @inline(__always)
  mutating func write(
    _ payload: RawSpan, _ properties: RawSpan, of index: UInt32, _ flags: MessageFlags, at time: Int64
  ) {
    let size = Record.byteCount([], payloadCount: payload.byteCount, propertiesCount: properties.byteCount)
    if log.growth(for: size) > 0 {
      makeRoom(for: size)
    }
    let marks = Record.Marks(rawValue: flags.rawValue & 0x1f)
    let previous = tree.heads[index].newest
    let position: UInt64
    if size <= largestBytes {
      position = log.append(
        topic: index, marks: marks, time: time, after: previous, payload: payload, cutFrom: 0, properties: properties)
    } else {
      truncated += 1
      let start = payload.extracting(first: largestBytes / 2)
      position = log.append(
        topic: index, marks: marks.union(.isCut), time: time, after: previous, payload: start,
        cutFrom: payload.byteCount, properties: RawSpan())
    }
    tree.heads[index].newest = position
    tree.heads[index].kept += 1
  }

  /// A message larger than this is cut.
  var largestBytes: Int { min(limits.bytes / 2, 1 << 30) }

  /// Evicts the oldest segments until `size` more bytes fit the budget. Where almost all of the log has to be kept, it stops after
  /// some and goes on with the next message, so that no message waits for a whole round.
  mutating func makeRoom(for size: Int) {
    let needed = min(size, largestBytes)
    var segments = min(log.segmentCount, 16 + 4 * needed / limits.segmentBytes)
    // One segment more may be needed while what is kept of the oldest is moved.
    while segments > 0, memoryUsed + log.growth(for: needed) + limits.segmentBytes > limits.bytes {
      evictOldest()
      segments -= 1
    }
  }

  private mutating func evictOldest() {
    let retired = log.takeOldest()
    var offset = 0
    var isRenewed = false
    while offset < retired.used {
      let record = retired.record(at: offset)
      let position = retired.position + UInt64(offset / 8)
      if record.marks.contains(.isMoved) {
        log.forgetMoved(record)
      }
      let index = record.topic
      let isNewest = tree.heads[index].newest == position
      let entry = tree.heads[index].dirty
      let isShown = entry != 0 && pending[entry - 1].shown == position
      if isNewest || isShown {
        let marks = record.marks.union(isNewest ? .isMoved : [.isMoved, .isAside])
        let place: UInt64
        if mayKeepWhole(record), retired.isOfOneMessage(segmentBytes: limits.segmentBytes) {
          place = log.renew(retired, marks: marks)
          isRenewed = true
        } else {
          place = move(record, from: retired, at: offset, marks)
        }
        if isNewest { tree.heads[index].newest = place }
        if isShown { pending[entry - 1].shown = place }
      }
      if !isNewest, !record.marks.contains(.isAside) {
        tree.heads[index].kept -= 1
        evicted += 1
      }
      offset += record.byteCount
    }
    if !isRenewed {
      log.recycle(retired)
    }
  }

  /// Newest messages that were moved forward may take half of the log; beyond it they are cut.
  private func mayKeepWhole(_ record: Record) -> Bool {
    log.movedBytes + record.byteCount <= (limits.bytes - tree.byteCount) / 2
  }

  private mutating func move(
    _ record: Record, from retired: Retired, at offset: Int, _ marks: Record.Marks
  ) -> UInt64 {
    let size = retired.payloadSize(of: record, at: offset)
    let (payloadCount, propertiesCount) = (Int(record.payloadCount), Int(record.propertiesCount))
    let isWhole = mayKeepWhole(record) || payloadCount <= Self.cutBytes && propertiesCount == 0
    let kept = isWhole ? payloadCount : min(payloadCount, Self.cutBytes)
    if !isWhole, !record.marks.contains(.isCut) {
      truncated += 1
    }
    return retired.block.withBytes(at: offset + record.payloadOffset, count: kept) { payload in
      retired.block.withBytes(at: offset + record.propertiesOffset, count: isWhole ? propertiesCount : 0) {
        properties in
        log.append(
          topic: record.topic, marks: isWhole ? marks : marks.union(.isCut), time: record.time, after: 0,
          payload: payload, cutFrom: size, properties: properties)
      }
    }
  }
}
