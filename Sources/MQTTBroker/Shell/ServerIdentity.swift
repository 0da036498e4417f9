import NIOCore
import NIOSSL

/// What TLS shows of a broker, and what it asks of clients.
public struct ServerIdentity: Sendable {
  let context: NIOSSLContext
  /// The seconds since 1970 from which and up to which the certificate is valid.
  private let validity: (from: Int64, to: Int64)
  private let namesHosts: Bool

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

  /// Why clients refuse a certificate that can be shown to them.
  public enum Doubt: Equatable, Sendable {
    /// It was valid until this second since 1970.
    case expired(Int64)
    /// It is valid from this second since 1970 on.
    case notYetValid(Int64)
    /// It has no alternative name (RFC 9525, 6.3): the common name is not looked at.
    case namesNoHost
  }

  /// What a client will have against the certificate at this second since 1970, whatever authorities it trusts.
  public func doubt(at second: Int64) -> Doubt? {
    if second > validity.to { return .expired(validity.to) }
    if second < validity.from { return .notYetValid(validity.from) }
    return namesHosts ? nil : .namesNoHost
  }

  /// Reads the contents of files, in PEM.
  ///
  /// - Parameter authorities: the certificates of clients have to come from these, and each client needs one.
  public init(
    certificate: [UInt8], key: [UInt8], clientAuthorities authorities: [UInt8]? = nil
  ) throws(Failure) {
    let chain = try Self.certificates(certificate, orElse: .noCertificate)
    validity = (Int64(chain[0].notValidBefore), Int64(chain[0].notValidAfter))
    namesHosts = !chain[0]._subjectAlternativeNames().isEmpty
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
