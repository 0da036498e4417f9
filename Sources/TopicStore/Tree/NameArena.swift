/// The bytes of names and paths, each piece in one page, never moved and never freed.
struct NameArena: ~Copyable {
  private var pages: [Block] = []
  private var used = NameArena.pageBytes

  /// A topic has 65,535 bytes at most, so every path fits a page. [MQTT-1.5.4]
  static let pageBytes = 1 << 16

  deinit {
    for page in pages {
      page.deallocate()
    }
  }

  var byteCount: Int { pages.count * Self.pageBytes }

  /// Bytes that storing `count` more would allocate.
  func growth(for count: Int) -> Int {
    used + max(count, 1) > Self.pageBytes ? Self.pageBytes : 0
  }

  mutating func store(_ bytes: RawSpan) -> UInt32 {
    if growth(for: bytes.byteCount) > 0 {
      pages.append(Block(byteCount: Self.pageBytes))
      used = 0
    }
    let offset = (pages.count - 1) * Self.pageBytes + used
    pages[pages.count - 1].copy(bytes, to: used)
    used += bytes.byteCount
    return UInt32(offset)
  }

  @inline(__always)
  func withBytes<Result>(at offset: UInt32, count: Int, _ body: (RawSpan) -> Result) -> Result {
    pages[Int(offset) / Self.pageBytes].withBytes(at: Int(offset) % Self.pageBytes, count: count, body)
  }
}
