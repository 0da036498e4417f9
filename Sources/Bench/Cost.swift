import Glibc

/// What work took, by the clocks and books of the system.
enum Cost {
  /// CPU time of this thread, in nanoseconds.
  static func ofThread(_ work: () throws -> Void) rethrows -> Double {
    try between(CLOCK_THREAD_CPUTIME_ID, work)
  }

  /// Time on the wall, in nanoseconds.
  static func onWall(_ work: () throws -> Void) rethrows -> Double {
    try between(CLOCK_MONOTONIC, work)
  }

  /// A clock in nanoseconds.
  static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Memory of the process that is backed by memory of the machine, in bytes.
  static var residentBytes: Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 128)
    guard fgets(&text, Int32(text.count), file) != nil else { return 0 }
    let fields = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: " "))
    return fields.count < 2 ? 0 : (Int(String(decoding: fields[1], as: UTF8.self)) ?? 0) * Int(getpagesize())
  }

  private static func between(_ clock: clockid_t, _ work: () throws -> Void) rethrows -> Double {
    let start = read(clock)
    try work()
    return Double(read(clock) - start)
  }
}

/// Makes the optimiser believe that a value is needed.
@inline(never)
func keep<Value: ~Copyable>(_ value: borrowing Value) {}
