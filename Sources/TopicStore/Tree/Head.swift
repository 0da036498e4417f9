/// What taking a message needs of a node: its path to compare, its newest message to lead back to.
struct Head: BitwiseCopyable {
  /// The position of the newest message, not yet settled perhaps, or 0.
  var newest: UInt64 = 0
  /// Where its name is in the arena.
  var name: UInt32
  /// Where the path of its parent is in the arena, or `isWhole` if its own whole path ends with its name there.
  var directory: UInt32
  let nameLength: UInt16
  let pathLength: UInt16
  /// Messages of the topic itself in the chain that begins at `newest`.
  var kept: UInt32 = 0
  /// One more than its place in the list of what the next settle has to do, or 0.
  var dirty: UInt32 = 0

  static let isWhole = UInt32.max

  init(name: UInt32, directory: UInt32, nameLength: Int, pathLength: Int) {
    self.name = name
    self.directory = directory
    self.nameLength = UInt16(nameLength)
    self.pathLength = UInt16(pathLength)
  }

  var hasPath: Bool { directory == Self.isWhole }

  /// Where its whole path begins, if it has one.
  var path: UInt32 { name + UInt32(nameLength) - UInt32(pathLength) }
}
