/// From the hash of a path to the nodes that may have it: open addressing, eight bytes a slot.
///
/// A slot is 40 bits of a hash and a node's index below them. Where a node belongs is in the slot itself, so that growing
/// does not go back to the paths, and a wrong node is hardly ever looked at.
struct PathTable: ~Copyable {
  private var slots: Block
  private var mask: Int
  private(set) var count = 0

  private static let slotBytes = 8
  private static let nodeMask: UInt64 = 0xff_ffff

  init() {
    mask = 1023
    slots = Self.emptySlots(mask + 1)
  }

  deinit {
    slots.deallocate()
  }

  var byteCount: Int { slots.byteCount }
  var isFull: Bool { count * 5 > (mask + 1) * 4 }

  /// The first node with this hash for which `isRight` holds.
  @inline(__always)
  func find(_ hash: UInt64, where isRight: (UInt32) -> Bool) -> UInt32? {
    var slot = place(of: hash)
    while true {
      let entry = self[slot]
      if entry == 0 {
        return nil
      }
      if (entry ^ hash) & ~Self.nodeMask == 0, case let node = Self.node(of: entry), isRight(node) {
        return node
      }
      slot = (slot + 1) & mask
    }
  }

  /// Adds a node, which is not 0; there must be room.
  mutating func insert(_ node: UInt32, hash: UInt64) {
    put(hash & ~Self.nodeMask | UInt64(node))
    count += 1
  }

  /// Doubles the slots.
  mutating func grow() {
    let old = slots
    let range = 0...mask
    mask = mask * 2 + 1
    slots = Self.emptySlots(mask + 1)
    for slot in range {
      let entry = old.load(at: slot &* Self.slotBytes, as: UInt64.self)
      if entry != 0 { put(entry) }
    }
    old.deallocate()
  }

  private func put(_ entry: UInt64) {
    var slot = place(of: entry)
    while self[slot] != 0 {
      slot = (slot + 1) & mask
    }
    slots.store(entry, at: slot &* Self.slotBytes)
  }

  private subscript(slot: Int) -> UInt64 {
    @inline(__always) get { slots.load(at: slot &* Self.slotBytes, as: UInt64.self) }
  }

  /// Where a search begins, by the bits that a slot keeps: more than there can be nodes.
  @inline(__always)
  private func place(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash >> 24) & mask
  }

  @inline(__always)
  private static func node(of entry: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: entry & nodeMask)
  }

  private static func emptySlots(_ count: Int) -> Block {
    let slots = Block(byteCount: slotBytes * count)
    slots.clear()
    return slots
  }
}
