import Glibc

/// Whole files in and out.
package enum FileBytes {
  /// Reads a regular file; anything else could block or never end.
  package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .failed(path: path, doing: "read", code: errno) }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0 else { throw .failed(path: path, doing: "read", code: errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
    guard facts.st_size <= limit else { throw .tooLarge(path: path, limit: limit) }
    // One byte more than it has now, so that a file that grows meanwhile is seen to be longer.
    let capacity = Int(facts.st_size) + 1
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      while count < capacity {
        let size = Glibc.read(file, buffer.baseAddress?.advanced(by: count), capacity - count)
        if size < 0, errno == EINTR { continue }
        if size < 0 { code = errno }
        guard size > 0 else { return }
        count += size
      }
    }
    guard code == 0 else { throw .failed(path: path, doing: "read", code: code) }
    guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
    return bytes
  }

  /// Puts a file in the place of another in one step: whoever reads sees the old bytes or the new ones.
  /// Only its owner may read it. There is no `fsync` unless it is asked for: the writer answers keys.
  static func replace(_ path: String, with bytes: [UInt8], isSynchronised: Bool = false) throws(FileError) {
    var template = Array("\(path).XXXXXX".utf8CString)
    let file = mkstemp(&template)  // mode 0600
    guard file >= 0 else { throw .failed(path: path, doing: "written", code: errno) }
    var written = 0
    var code: Int32 = 0
    while written < bytes.count, code == 0 {
      let size = bytes.withUnsafeBytes { write(file, $0.baseAddress?.advanced(by: written), $0.count - written) }
      if size >= 0 { written += size } else if errno != EINTR { code = errno }
    }
    if isSynchronised, code == 0, fsync(file) != 0 { code = errno }
    if close(file) != 0, code == 0 { code = errno }
    if code == 0, rename(template, path) != 0 { code = errno }
    guard code != 0 else { return }
    unlink(template)
    throw .failed(path: path, doing: "written", code: code)
  }

  /// Removes a file; one that is gone already is no failure.
  static func remove(_ path: String) throws(FileError) {
    guard unlink(path) != 0, errno != ENOENT else { return }
    throw .failed(path: path, doing: "deleted", code: errno)
  }

  /// What a link leads to, be it there or not; the path itself when it is none.
  static func followed(_ path: String) throws(FileError) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    guard errno == ENOENT else { throw .failed(path: path, doing: "written", code: errno) }
    var place = path
    for _ in 0..<40 {  // as many as the system follows
      guard let target = linked(place) else { return place }
      let folder = place.utf8.lastIndex(of: UInt8(ascii: "/")).map { place[...$0] } ?? ""
      place = target.hasPrefix("/") ? target : folder + target
    }
    throw .failed(path: path, doing: "written", code: ELOOP)
  }

  /// What a link says; nil if it is none.
  private static func linked(_ path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Makes a folder and those above it; only their owner may look into them.
  static func makeFolder(_ folder: String) throws(FileError) {
    var path = ""
    for part in folder.utf8.split(separator: UInt8(ascii: "/")) {
      path += "/" + String(Substring(part))
      guard mkdir(path, 0o700) != 0, errno != EEXIST, access(path, F_OK) != 0 else { continue }
      throw .failed(path: path, doing: "made", code: errno)
    }
  }
}
