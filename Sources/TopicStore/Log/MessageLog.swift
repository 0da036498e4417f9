/// One ring of segments of bytes: messages are appended to the newest, and the oldest segment is given up whole.
///
/// A position is the segment's serial number and, in the low bits, the offset inside it in units of 8 bytes. A message that
/// does not fit a segment has one of its own. What is still needed of the oldest segment is for the caller to move.
struct MessageLog: ~Copyable {
  struct Segment {
    let block: Block
    var used: Int
    /// Where the first message of each of its parts is, so that it can be walked backwards.
    var parts: [UInt32] = [0]
  }

  /// The segments; what is used of the newest one is said by `used`.
  private(set) var ring: [Segment] = []
  /// The newest segment, or `empty`.
  private var head: Block
  private(set) var used = 0
  /// Where the next part of the newest segment begins, at the least.
  private var nextPart = 0
  /// Where in `ring` the oldest segment is; `ring` has room for a power of two of them.
  private(set) var first: UInt64 = 1
  private(set) var next: UInt64 = 1
  private let segmentBytes: Int
  private let empty = Block(byteCount: 0)
  let offsetBits: UInt64
  /// A segment that was given up, to be used again without asking the system.
  private var spare: Block?
  private(set) var byteCount = 0
  /// Bytes in the ring of messages that were moved forward.
  private(set) var movedBytes = 0

  init(segmentBytes: Int) {
    head = empty
    self.segmentBytes = segmentBytes
    offsetBits = UInt64((segmentBytes / 8).trailingZeroBitCount)
  }

  deinit {
    for serial in first..<next {
      ring[slot(serial)].block.deallocate()
    }
    spare?.deallocate()
    empty.deallocate()
  }

  var segmentCount: Int { Int(next - first) }

  /// Bytes of a part of a segment: what is read too much when only the newest message is wanted.
  private static let partBytes = 8 << 10

  /// Whether a message of this size needs memory that is not there yet, and how much.
  @inline(__always)
  func growth(for size: Int) -> Int {
    used + size <= head.byteCount ? 0 : size > segmentBytes ? size : spare == nil ? segmentBytes : 0
  }

  /// Writes one message behind all others and returns its position.
  ///
  /// - Parameter previous: the position of the topic's message before it, or 0.
  @inline(__always)
  mutating func append(
    topic: UInt32, marks: Record.Marks, time: Int64, after previous: UInt64, payload: RawSpan, cutFrom size: Int,
    properties: RawSpan
  ) -> UInt64 {
    let count = Record.byteCount(marks, payloadCount: payload.byteCount, propertiesCount: properties.byteCount)
    if used + count > head.byteCount {
      open(for: count)
    }
    let (block, offset) = (head, used)
    let position = (next - 1) << offsetBits | UInt64(offset / 8)
    let back = previous == 0 ? 0 : UInt32(exactly: position - previous) ?? 0
    let record = Record(
      topic: topic, marks: marks, time: time, back: back, payloadCount: payload.byteCount,
      propertiesCount: properties.byteCount)
    block.store(record, at: offset)
    if marks.contains(.isCut) {
      block.store(size, at: offset + record.end)
    }
    block.copy(properties, to: offset + record.propertiesOffset)
    block.copy(payload, to: offset + record.payloadOffset)
    used = offset + count
    if offset >= nextPart {
      ring[slot(next - 1)].parts.append(UInt32(offset))
      nextPart = offset + Self.partBytes
    }
    if marks.contains(.isMoved) {
      movedBytes += count
    }
    return position
  }

  /// Takes the oldest segment out of the ring; the caller has to `recycle` it.
  mutating func takeOldest() -> Retired {
    let retired = Retired(
      block: ring[slot(first)].block, used: usedBytes(of: first), position: first << offsetBits)
    first += 1
    if first == next {
      (head, used) = (empty, 0)
    }
    return retired
  }

  /// Gives the memory of a segment back, or keeps it for the next one.
  mutating func recycle(_ retired: Retired) {
    if spare == nil, retired.block.byteCount == segmentBytes {
      spare = retired.block
    } else {
      byteCount -= retired.block.byteCount
      retired.block.deallocate()
    }
  }

  /// Says that a moved message was in a segment that went.
  mutating func forgetMoved(_ record: Record) {
    movedBytes -= record.byteCount
  }

  /// Puts a segment that holds one large message in front again, as the newest, and returns the message's new position.
  mutating func renew(_ retired: Retired, marks: Record.Marks) -> UInt64 {
    let old = retired.block.load(at: 0, as: Record.self)
    let record = Record(
      topic: old.topic, marks: marks, time: old.time, back: 0, payloadCount: Int(old.payloadCount),
      propertiesCount: Int(old.propertiesCount))
    retired.block.store(record, at: 0)
    add(Segment(block: retired.block, used: retired.used))
    movedBytes += record.byteCount
    return (next - 1) << offsetBits
  }

  private mutating func open(for count: Int) {
    let size = max(segmentBytes, count)
    var block: Block?
    if size == segmentBytes {
      swap(&block, &spare)
    }
    if block == nil {
      byteCount += size
    }
    add(Segment(block: block ?? Block(providedByteCount: size), used: 0))
  }

  private mutating func add(_ segment: Segment) {
    if first != next {
      ring[slot(next - 1)].used = used
    }
    (head, used, nextPart) = (segment.block, segment.used, Self.partBytes)
    if segmentCount == ring.count {
      widen(with: segment)
    }
    ring[slot(next)] = segment
    next += 1
  }

  private mutating func widen(with filler: Segment) {
    var wider = [Segment](repeating: filler, count: max(4, ring.count * 2))
    for serial in first..<next {
      wider[Int(serial & UInt64(wider.count - 1))] = ring[slot(serial)]
    }
    ring = wider
  }

  @inline(__always)
  func slot(_ serial: UInt64) -> Int {
    Int(truncatingIfNeeded: serial) & (ring.count - 1)
  }

  func usedBytes(of serial: UInt64) -> Int {
    serial == next - 1 ? used : ring[slot(serial)].used
  }
}
