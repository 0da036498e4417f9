import MQTT
import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file that keeps a session between two runs of the program.
///
/// It is only ever added to, by one write a turn of the event loop, before what follows from it is sent. It is written
/// to the system and not forced to the disk: it survives the end of the program, however sudden, not a power cut. When it
/// has grown well beyond what it says it is written anew, in one step. One program has it at a time.
final class Journal {
  /// The most that is read or written, in bytes.
  static let limit = 256 << 20

  let path: String
  private var descriptor: Int32
  private var size = 0
  private var sizeWhenRewritten = 0
  private var version = ProtocolVersion.v5
  private var pending = ByteBuffer()
  private var hasGap = false

  /// Opens a journal or makes a new one, and gives what it says.
  static func open(_ path: String) throws(JournalError) -> (Journal, [JournalEntry]) {
    try makeFolders(of: path)
    let descriptor = try lock(path)
    let journal = Journal(path: path, descriptor: descriptor)
    let entries = try journal.readAll()
    return (journal, entries)
  }

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    // A child that has not begun its own program yet would have it too
    flock(descriptor, LOCK_UN)
    _ = close(descriptor)
  }

  /// Whether it has grown well beyond what it would be if it were written anew.
  var isOvergrown: Bool { size > 1 << 20 && size > 4 * sizeWhenRewritten }

  /// Adds an entry, which is in the file after the next `commit`.
  func append(_ entry: JournalEntry) {
    if case .began(let version, _, _) = entry { self.version = version }
    do throws(EncodingError) {
      try JournalFormat.write(entry, version: version, to: &pending)
    } catch {
      hasGap = true
    }
  }

  /// Writes what was added.
  func commit() throws(JournalError) {
    if hasGap { throw .failed(path: path, doing: "written", code: EINVAL) }
    guard pending.readableBytes > 0 else { return }
    guard size + pending.readableBytes <= Self.limit else { throw .full(path: path, limit: Self.limit) }
    try write(pending, to: descriptor)
    size += pending.readableBytes
    pending.clear()
  }

  /// Puts a journal that says this in the place of the old one.
  func rewrite(_ entries: [JournalEntry]) throws(JournalError) {
    pending.clear()
    pending.writeBytes(JournalFormat.mark)
    for entry in entries { append(entry) }
    if hasGap { throw .failed(path: path, doing: "written", code: EINVAL) }
    // Always the same name, which no other journal has: one who is killed here leaves no more than one file
    let name = "\(path)~"
    unlink(name)
    let new = systemOpen(name, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard new >= 0 else { throw .failed(path: path, doing: "written", code: errno) }
    do throws(JournalError) {
      // Locked before it has the name: whoever opens it by the name finds it taken
      guard flock(new, LOCK_EX | LOCK_NB) == 0 else { throw .failed(path: path, doing: "locked", code: errno) }
      try write(pending, to: new)
      guard rename(name, path) == 0 else { throw .failed(path: path, doing: "written", code: errno) }
    } catch {
      _ = close(new)
      unlink(name)
      throw error
    }
    _ = close(descriptor)
    descriptor = new
    size = pending.readableBytes
    sizeWhenRewritten = size
    pending.clear()
  }

  /// Leaves a file that says nothing: one that stopped in the middle would say what is no longer true.
  func abandon() { _ = ftruncate(descriptor, 0) }

  private func write(_ bytes: ByteBuffer, to file: Int32) throws(JournalError) {
    var rest = bytes
    while rest.readableBytes > 0 {
      let count = rest.withUnsafeReadableBytes { systemWrite(file, $0.baseAddress, $0.count) }
      if count > 0 { rest.moveReaderIndex(forwardBy: count) }
      guard count > 0 || errno == EINTR else { throw .failed(path: path, doing: "written", code: errno) }
    }
  }

  private func readAll() throws(JournalError) -> [JournalEntry] {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .failed(path: path, doing: "read", code: errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAJournal(path: path) }
    guard facts.st_size <= Self.limit else { throw .full(path: path, limit: Self.limit) }
    var bytes = ByteBuffer()
    while true {
      let count = bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: 64 << 10) {
        max(0, read(descriptor, $0.baseAddress, $0.count))
      }
      guard count > 0 else { break }
      guard bytes.readableBytes <= Self.limit else { throw .full(path: path, limit: Self.limit) }
    }
    guard bytes.readableBytes > 0 else { return [] }
    guard let (entries, _) = JournalFormat.read(bytes) else { throw .notAJournal(path: path) }
    return entries
  }

  /// The file, made if need be, locked and ours alone.
  private static func lock(_ path: String) throws(JournalError) -> Int32 {
    while true {
      let file = systemOpen(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard file >= 0 else { throw .failed(path: path, doing: "opened", code: errno) }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        _ = close(file)
        throw code == EWOULDBLOCK ? .inUse(path: path) : .failed(path: path, doing: "locked", code: code)
      }
      var ours = stat()
      var named = stat()
      // Written anew by the one who had it before us: what we locked has no name any more
      if fstat(file, &ours) == 0, stat(path, &named) == 0, ours.st_ino == named.st_ino { return file }
      _ = close(file)
    }
  }

  private static func makeFolders(of path: String) throws(JournalError) {
    var folder = ""
    for name in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += folder.isEmpty && name.isEmpty ? "/" : name + "/"
      guard folder != "/", mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      // A folder above ours may be read-only and there: only what is missing in the end counts
      guard access(folder, X_OK) == 0 else { throw .failed(path: folder, doing: "made", code: errno) }
    }
  }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }

private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }
