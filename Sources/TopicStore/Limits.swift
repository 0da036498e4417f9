/// What a store may take of memory.
public struct Limits: Equatable, Sendable {
  /// Bytes in all: messages, topics, indexes.
  public let bytes: Int
  /// The part of `bytes` that topics may take; past it new topics are refused and counted.
  let treeBytes: Int
  /// Bytes of one segment of the log, a power of two.
  let segmentBytes: Int

  /// The least that makes sense: 64 MiB.
  public static let leastBytes = 64 << 20
  /// The most the log's positions can address: 16 GiB.
  public static let mostBytes = 16 << 30

  /// Limits of `bytes` in all, brought into the range of `leastBytes` to `mostBytes`.
  public init(bytes: Int = 256 << 20) {
    let bytes = min(max(bytes, Self.leastBytes), Self.mostBytes)
    // A topic costs the tree 100 bytes at least, and the log 130 at most for each message of it that it has to keep, which are
    // two during a pause: with a quarter for the tree these always fit. Names are found by 32-bit offsets.
    self.init(exactly: bytes, treeBytes: min(bytes / 4, 3 << 30), segmentBytes: 1 << 20)
  }

  /// Limits for tests, which want to see evictions early.
  init(exactly bytes: Int, treeBytes: Int, segmentBytes: Int) {
    self.bytes = bytes
    self.treeBytes = treeBytes
    self.segmentBytes = segmentBytes
  }
}
