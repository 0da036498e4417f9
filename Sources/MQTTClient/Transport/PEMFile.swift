#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that TLS needs, read whole. It cannot keep us waiting: only plain files are read, up to a limit.
struct PEMFile {
  let path: String
  let role: UnusableFile.Role
  let bytes: [UInt8]

  private static let sizeLimit = 4 << 20

  init(_ path: String, _ role: UnusableFile.Role) throws(Disconnection.Reason) {
    self.path = path
    self.role = role
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.unreadable(path, role) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw Self.unreadable(path, role) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .unusableFile(UnusableFile(path, role, .notRegular)) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw Self.unreadable(path, role) }
      if count == 0 { break }
      bytes += chunk[..<count]
      guard bytes.count <= Self.sizeLimit else { throw .unusableFile(UnusableFile(path, role, .tooLarge)) }
    }
    self.bytes = bytes
  }

  /// The files of a folder that may hold certificates, by their endings; nil if the path is no folder.
  static func folder(_ path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if [".pem", ".crt", ".cer"].contains(where: name.hasSuffix) { names.append("\(path)/\(name)") }
    }
    return names.sorted()
  }

  /// Whether the key in it has to be decrypted, in the form of PKCS #8 or in the older one of OpenSSL.
  var isEncrypted: Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")
  }

  /// Whether there is a certificate in it, of the usual kind or with OpenSSL's remarks about trust.
  var hasCertificate: Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("BEGIN CERTIFICATE") || text.contains("BEGIN TRUSTED CERTIFICATE")
  }

  func unusable(_ fault: UnusableFile.Fault) -> Disconnection.Reason {
    .unusableFile(UnusableFile(path, role, fault))
  }

  private static func unreadable(_ path: String, _ role: UnusableFile.Role) -> Disconnection.Reason {
    .unusableFile(UnusableFile(path, role, .unreadable(String(cString: strerror(errno)))))
  }
}

extension TLS {
  /// Whether the private key cannot be used without a passphrase that is not there yet.
  public var lacksPassphrase: Bool {
    guard passphrase == nil, let path = privateKey ?? certificate else { return false }
    do { return try PEMFile(path, .privateKey).isEncrypted } catch { return false }
  }
}
