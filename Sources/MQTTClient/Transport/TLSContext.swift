import NIOCore
import NIOSSL

/// Everything about TLS that is settled before a connection is made: files read, names checked.
struct TLSContext {
  /// The settings, as they were when the files were read.
  let settings: TLS
  /// The name or address that the broker has to show a certificate of.
  let name: String
  private let context: NIOSSLContext

  /// Reads the files.
  init(_ settings: TLS, host: String) throws(Disconnection.Reason) {
    self.settings = settings
    let name = settings.serverName ?? host
    self.name = String(name.hasSuffix(".") ? name.dropLast() : name[...])
    guard (1...255).contains(self.name.utf8.count), !self.name.utf8.contains(0) else {
      throw .tls(.unsendable("“\(Evidence.text(self.name))” is no name of a server."))
    }
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = settings.minimumVersion == .v1_2 ? .tlsv12 : .tlsv13
    configuration.shutdownTimeout = .seconds(1)
    configuration.applicationProtocols = try Self.checked(settings.applicationProtocols)
    configuration.certificateVerification = Self.verification(settings, of: self.name)
    configuration.trustRoots = try Self.authorities(settings)
    let key = try Self.identify(settings, in: &configuration)
    if let file = settings.keyLog { configuration.keyLogCallback = { KeyLog.append($0, to: file) } }
    context = try Self.context(configuration, settings, key)
  }

  /// The handler that speaks TLS.
  func handler() throws(Disconnection.Reason) -> NIOSSLClientHandler {
    let sent = IPAddress.bytes(of: name) == nil ? name : nil  // an address is not sent, RFC 6066
    do {
      guard case .pinned(let fingerprints) = settings.verification else {
        return try NIOSSLClientHandler(context: context, serverHostname: sent)
      }
      return try NIOSSLClientHandler(context: context, serverHostname: sent) { chain, answer in
        answer.succeed(Self.isPinned(chain.first, fingerprints) ? .certificateVerified : .failed)
      }
    } catch {
      throw .tls(.unsendable("\(error)"))
    }
  }

  /// Whether the certificate is for the name or address that was asked for.
  ///
  /// The library compares names, but takes a certificate for the address that answered too, whatever name was asked for:
  /// whoever can send us to an address of his own would need no more than a certificate for that. And it does not compare
  /// the address that was asked for.
  func accepts(_ certificate: NIOSSLCertificate?) -> Bool {
    guard case .full = settings.verification else { return true }
    guard let names = certificate?._subjectAlternativeNames() else { return false }
    if let address = IPAddress.bytes(of: name) {
      return names.contains { $0.nameType == .ipAddress && $0.contents.elementsEqual(address) }
    }
    // Without any alternative name the library has compared the common name
    return names.isEmpty || names.contains { $0.nameType == .dnsName && isNamed(Array($0.contents)) }
  }

  /// Whether a name of a certificate, whose star stands for a part of the first level, is the one that was asked for.
  private func isNamed(_ bytes: [UInt8]) -> Bool {
    let pattern = String(decoding: bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes[...], as: UTF8.self)
    let (known, wanted) = (pattern.lowercased(), name.lowercased())
    guard let star = known.firstIndex(of: "*") else { return known == wanted }
    let (before, after) = (known[..<star], known[known.index(after: star)...])
    guard wanted.hasPrefix(before), wanted.hasSuffix(after), wanted.count > before.count + after.count else {
      return false
    }
    return after.contains(".") && !wanted.dropFirst(before.count).dropLast(after.count).contains(".")
  }

  private static func isPinned(_ certificate: NIOSSLCertificate?, _ fingerprints: [Fingerprint]) -> Bool {
    do {
      guard let der = try certificate?.toDERBytes() else { return false }
      return fingerprints.contains(Fingerprint(ofCertificate: der))
    } catch {
      return false
    }
  }

  private static func checked(_ protocols: [String]) throws(Disconnection.Reason) -> [String] {
    for name in protocols where !(1...255).contains(name.utf8.count) || !name.utf8.allSatisfy({ $0 < 0x80 }) {
      throw .tls(.unsendable("“\(Evidence.text(name))” is no name of a protocol."))
    }
    return protocols
  }

  private static func verification(_ settings: TLS, of name: String) -> CertificateVerification {
    switch settings.verification {
    case .full: IPAddress.bytes(of: name) == nil ? .fullVerification : .noHostnameVerification
    case .pinned: .noHostnameVerification
    case .none: .none
    }
  }

  private static func authorities(_ settings: TLS) throws(Disconnection.Reason) -> NIOSSLTrustRoots {
    guard case .full = settings.verification else { return .certificates([]) }
    guard let path = settings.certificateAuthorities else { return .default }
    guard let folder = PEMFile.folder(path) else {
      return .certificates(try certificates(in: PEMFile(path, .authorities)))
    }
    var all: [NIOSSLCertificate] = []
    for name in folder {
      let file = try PEMFile(name, .authorities)
      if file.hasCertificate { all += try certificates(in: file) }  // keys may lie there as well
    }
    guard !all.isEmpty else { throw .unusableFile(UnusableFile(path, .authorities, .noCertificate)) }
    return .certificates(all)
  }

  private static func certificates(in file: PEMFile) throws(Disconnection.Reason) -> [NIOSSLCertificate] {
    guard !file.bytes.isEmpty else { throw file.unusable(.noCertificate) }
    do {
      return try NIOSSLCertificate.fromPEMBytes(file.bytes)
    } catch {
      throw file.unusable(.noCertificate)
    }
  }

  /// Loads our certificate and its key, and gives the file of the key.
  private static func identify(
    _ settings: TLS, in configuration: inout TLSConfiguration
  ) throws(Disconnection.Reason) -> PEMFile? {
    guard let path = settings.certificate else { return nil }
    configuration.certificateChain = try certificates(in: PEMFile(path, .certificate)).map { .certificate($0) }
    let file = try PEMFile(settings.privateKey ?? path, .privateKey)
    let passphrase = settings.passphrase ?? []
    if file.isEncrypted, passphrase.isEmpty { throw file.unusable(.passphraseMissing) }
    // swift-nio-ssl 2.37 traps on such bytes
    guard passphrase.allSatisfy({ $0 < 0x80 }) || !file.isEncrypted else { throw file.unusable(.passphraseNotASCII) }
    guard !file.bytes.isEmpty else { throw file.unusable(.noKey) }
    do {
      let key = try NIOSSLPrivateKey(bytes: file.bytes, format: .pem) { $0(passphrase) }
      configuration.privateKey = .privateKey(key)
    } catch {
      throw file.unusable(file.isEncrypted ? .passphraseWrong : .noKey)
    }
    return file
  }

  private static func context(
    _ configuration: TLSConfiguration, _ settings: TLS, _ key: PEMFile?
  ) throws(Disconnection.Reason) -> NIOSSLContext {
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch NIOSSLError.failedToLoadPrivateKey where key != nil {
      throw .unusableFile(
        UnusableFile(
          key?.path ?? "", .privateKey, .keyDoesNotMatch(certificate: settings.certificate ?? "")))
    } catch {
      guard case .full = settings.verification, settings.certificateAuthorities == nil else {
        throw .tls(.other("\(error)"))
      }
      throw .unusableFile(UnusableFile("/etc/ssl/certs", .authorities, .noSystemAuthorities))
    }
  }
}
