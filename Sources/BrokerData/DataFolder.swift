#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder that one broker has at a time, and its files, which are nobody else's to read.
///
/// The lock is on a file of its own, so that anybody may look into the database while the broker runs. That file also is the
/// broker's heartbeat: its time is when the broker was there last, wherever it ended. It goes unsaid in the database because a
/// transaction a second would keep a disk awake.
final class DataFolder {
  /// The database's file.
  let database: String
  /// When a broker was here before us, in nanoseconds since 1970; nil if none was.
  let lastBeat: Int64?
  private let lock: Int32

  init(_ path: String) throws(DataError) {
    try Self.make(path)
    database = "\(path)/broker.sqlite"
    let file = "\(path)/lock"
    lock = systemOpen(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard lock >= 0 else { throw .folder(path: file, code: errno) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      _ = systemClose(lock)
      throw code == EWOULDBLOCK ? .inUse(path: path) : .folder(path: file, code: code)
    }
    // What is empty has not been beaten on: the first broker's beginning writes one byte
    var facts = stat()
    let isKnown = fstat(lock, &facts) == 0 && facts.st_size > 0
    lastBeat = isKnown ? Self.nanoseconds(facts.st_mtim) : nil
    let code = Self.makeFile(database)
    guard code == 0 else {
      _ = systemClose(lock)
      throw .folder(path: database, code: code)
    }
  }

  deinit {
    // A child that has not begun its own program yet would have it too
    flock(lock, LOCK_UN)
    _ = systemClose(lock)
  }

  /// The broker is there, and so is its folder: what is written to files without a name is kept for nobody.
  func beat() throws(DataError) {
    var facts = stat()
    guard fstat(lock, &facts) == 0, facts.st_nlink > 0, access(database, F_OK) == 0 else { throw .gone(path: database) }
    if lastBeat == nil { _ = pwrite(lock, "\n", 1, 0) }
    _ = futimens(lock, nil)
  }

  /// How many bytes may still be written to the disk.
  var freeSpace: Int {
    var facts = statvfs()
    guard fstatvfs(lock, &facts) == 0 else { return .max }
    return Int(clamping: UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize)).partialValue)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(min(max(time.tv_sec, 0), 9_000_000_000)) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  private static func make(_ path: String) throws(DataError) {
    var folder = ""
    for name in path.split(separator: "/", omittingEmptySubsequences: false) {
      folder += folder.isEmpty && name.isEmpty ? "/" : name + "/"
      guard folder != "/", mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      // A folder above ours may be read-only and there: only what is missing in the end counts
      let code = errno
      guard access(folder, X_OK) == 0 else { throw .folder(path: folder, code: code) }
    }
    var facts = stat()
    guard stat(path, &facts) == 0 else { throw .folder(path: path, code: errno) }
    guard facts.st_mode & S_IFMT == S_IFDIR else { throw .folder(path: path, code: ENOTDIR) }
    guard access(path, W_OK | X_OK) == 0 else { throw .folder(path: path, code: errno) }
  }

  /// Makes a file that SQLite would make for everybody to read; gives the code of an error.
  private static func makeFile(_ path: String) -> Int32 {
    let file = systemOpen(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard file >= 0 else { return errno }
    _ = systemClose(file)
    return 0
  }
}

private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }

private func systemClose(_ file: Int32) -> Int32 { close(file) }
