import NIOCore
import NIOSSL

/// What TLS shows of a broker, and what it asks of clients.
public struct ServerIdentity: Sendable {
  let context: NIOSSLContext

  /// Reads the files, in PEM.
  ///
  /// - Parameter authorities: the certificates of clients have to come from these, and each client needs one.
  public init(certificate: String, key: String, clientAuthorities authorities: String? = nil) throws {
    let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
    let key = try NIOSSLPrivateKey(file: key, format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.shutdownTimeout = .seconds(1)
    if let authorities {
      configuration.certificateVerification = .noHostnameVerification
      configuration.trustRoots = .file(authorities)
    }
    context = try NIOSSLContext(configuration: configuration)
  }
}
