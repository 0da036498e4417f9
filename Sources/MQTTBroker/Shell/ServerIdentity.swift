import NIOCore
import NIOSSL

/// What TLS shows of a broker, and what it asks of clients.
public struct ServerIdentity: Sendable {
  let context: NIOSSLContext

  /// Why there is none.
  public enum Failure: Error, Equatable, Sendable {
    /// There is no certificate in PEM.
    case noCertificate
    /// There is no private key in PEM.
    case noKey
    /// The key is there, but a passphrase is needed to read it.
    case keyIsEncrypted
    /// The key is another one than that of the certificate.
    case keyOfAnother
    /// There is no certificate of an authority in PEM.
    case noAuthority
  }

  /// Reads the contents of files, in PEM.
  ///
  /// - Parameter authorities: the certificates of clients have to come from these, and each client needs one.
  public init(
    certificate: [UInt8], key: [UInt8], clientAuthorities authorities: [UInt8]? = nil
  ) throws(Failure) {
    let chain = try Self.certificates(certificate, orElse: .noCertificate)
    let privateKey: NIOSSLPrivateKey
    do { privateKey = try NIOSSLPrivateKey(bytes: key, format: .pem) } catch {
      throw String(decoding: key, as: UTF8.self).contains("ENCRYPTED") ? .keyIsEncrypted : .noKey
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    configuration.shutdownTimeout = .seconds(1)
    if let authorities {
      configuration.certificateVerification = .noHostnameVerification
      configuration.trustRoots = .certificates(try Self.certificates(authorities, orElse: .noAuthority))
    }
    do { context = try NIOSSLContext(configuration: configuration) } catch { throw .keyOfAnother }
  }

  private static func certificates(
    _ bytes: [UInt8], orElse failure: Failure
  ) throws(Failure) -> [NIOSSLCertificate] {
    do {
      let certificates = try NIOSSLCertificate.fromPEMBytes(bytes)
      if !certificates.isEmpty { return certificates }
    } catch {}
    throw failure
  }
}
