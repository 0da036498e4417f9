#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One piece of raw memory, and the only file of this module with pointers.
///
/// Why pointers: a node is changed field by field, millions of times a second, and an `Array` of `Array`s pays uniqueness and
/// bounds checks of both for each (measured: two changes of one of 10,000 records cost 11 ns so, and 4 ns through a pointer). Why it is safe: a block is reached through
/// offsets that are checked against its size here, its elements are `BitwiseCopyable`, and its one owner (`Pages`, `MessageLog`,
/// `PathTable`), which cannot be copied, is the only one to deallocate it and forgets it then.
struct Block: BitwiseCopyable {
  private let base: UnsafeMutableRawPointer
  let byteCount: Int

  /// Memory that is not yet touched, so that the system need not yet provide it.
  init(byteCount: Int) {
    base = .allocate(byteCount: byteCount, alignment: 16)
    self.byteCount = byteCount
  }

  /// Memory that the system provides now and in one piece, which costs it less than a fault for each page as it is touched.
  init(providedByteCount byteCount: Int) {
    base = .allocate(byteCount: byteCount, alignment: 4096)
    self.byteCount = byteCount
    #if os(Linux)
      // Where it cannot, pages come when they are touched
      madvise(base, byteCount, MADV_POPULATE_WRITE)
    #endif
  }

  func deallocate() {
    base.deallocate()
  }

  func clear() {
    base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  @inline(__always)
  func load<Value: BitwiseCopyable>(at offset: Int, as type: Value.Type) -> Value {
    check(offset, MemoryLayout<Value>.size)
    return base.loadUnaligned(fromByteOffset: offset, as: type)
  }

  @inline(__always)
  func store<Value: BitwiseCopyable>(_ value: Value, at offset: Int) {
    check(offset, MemoryLayout<Value>.size)
    base.storeBytes(of: value, toByteOffset: offset, as: Value.self)
  }

  @inline(__always)
  func copy(_ bytes: RawSpan, to offset: Int) {
    check(offset, bytes.byteCount)
    bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress, !source.isEmpty else { return }
      (base + offset).copyMemory(from: start, byteCount: source.count)
    }
  }

  /// Lends `count` bytes.
  @inline(__always)
  func withBytes<Result>(at offset: Int, count: Int, _ body: (RawSpan) -> Result) -> Result {
    check(offset, count)
    return body(UnsafeRawBufferPointer(start: base + offset, count: count).bytes)
  }

  /// Lends one element in place; `offset` is a multiple of its alignment.
  @inline(__always)
  func pointer<Value: BitwiseCopyable>(at offset: Int, as type: Value.Type) -> UnsafeMutablePointer<Value> {
    check(offset, MemoryLayout<Value>.stride)
    return (base + offset).assumingMemoryBound(to: type)
  }

  @inline(__always)
  private func check(_ offset: Int, _ count: Int) {
    precondition(
      offset >= 0 && count >= 0 && offset <= byteCount - count, "a block was asked for bytes it does not have")
  }
}

/// Elements that never move, in pages allocated when first needed: growing copies nothing and doubles nothing.
struct Pages<Element: BitwiseCopyable>: ~Copyable {
  private var pages: [Block] = []
  private(set) var count = 0
  #if DEBUG
    /// How often an element was looked at or changed, for the tests that count steps.
    private let touched = Block(byteCount: MemoryLayout<Int>.size)
    var touches: Int { touched.load(at: 0, as: Int.self) }
  #endif

  init() {
    #if DEBUG
      touched.clear()
    #endif
  }

  deinit {
    for page in pages {
      page.deallocate()
    }
    #if DEBUG
      touched.deallocate()
    #endif
  }

  private static var shift: Int { 10 }
  static var pageBytes: Int { MemoryLayout<Element>.stride << shift }
  var byteCount: Int { pages.count * Self.pageBytes }

  subscript(index: UInt32) -> Element {
    @inline(__always) _read {
      yield pointer(to: index).pointee
    }
    @inline(__always) _modify {
      yield &pointer(to: index).pointee
    }
  }

  mutating func append(_ element: Element) {
    if count >> Self.shift == pages.count {
      pages.append(Block(byteCount: Self.pageBytes))
    }
    count += 1
    self[UInt32(count - 1)] = element
  }

  /// Forgets all elements and all pages but the first.
  mutating func removeAll() {
    for page in pages.dropFirst() {
      page.deallocate()
    }
    pages.removeLast(max(0, pages.count - 1))
    count = 0
  }

  @inline(__always)
  private func pointer(to index: UInt32) -> UnsafeMutablePointer<Element> {
    precondition(Int(index) < count, "a page was asked for an element it does not have")
    #if DEBUG
      touched.store(touched.load(at: 0, as: Int.self) &+ 1, at: 0)
    #endif
    let offset = (Int(index) & (1 << Self.shift - 1)) &* MemoryLayout<Element>.stride
    return pages[Int(index) >> Self.shift].pointer(at: offset, as: Element.self)
  }
}
