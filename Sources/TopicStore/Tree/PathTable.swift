/// From the hash of a path to the nodes that may have it: open addressing, four bytes a slot.
///
/// A slot is a node's index in the low 24 bits and 8 bits of its hash above them, so that a wrong node is hardly ever looked at.
struct PathTable: ~Copyable {
  private var slots: Block
  private var mask: Int
  private(set) var count = 0

  init() {
    slots = Block(byteCount: 4 * 1024)
    slots.clear()
    mask = 1023
  }

  deinit {
    slots.deallocate()
  }

  var byteCount: Int { slots.byteCount }
  var isFull: Bool { count * 5 > (mask + 1) * 4 }

  /// The first node with this hash for which `isRight` holds.
  @inline(__always)
  func find(_ hash: UInt64, where isRight: (UInt32) -> Bool) -> UInt32? {
    let tag = UInt32(truncatingIfNeeded: hash) & 0xff00_0000
    var slot = Int(truncatingIfNeeded: hash >> 32) & mask
    while true {
      let entry = slots.load(at: slot &* 4, as: UInt32.self)
      if entry == 0 {
        return nil
      }
      if entry & 0xff00_0000 == tag, isRight(entry & 0xff_ffff) {
        return entry & 0xff_ffff
      }
      slot = (slot + 1) & mask
    }
  }

  mutating func insert(_ node: UInt32, hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots.load(at: slot &* 4, as: UInt32.self) != 0 {
      slot = (slot + 1) & mask
    }
    slots.store(node | UInt32(truncatingIfNeeded: hash) & 0xff00_0000, at: slot &* 4)
    count += 1
  }

  /// Doubles the slots; the caller inserts all nodes again.
  mutating func grow() {
    slots.deallocate()
    mask = mask * 2 + 1
    slots = Block(byteCount: 4 * (mask + 1))
    slots.clear()
    count = 0
  }
}
