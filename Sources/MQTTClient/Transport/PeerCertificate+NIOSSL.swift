import NIOSSL

extension PeerCertificate {
  /// What a certificate says, or nil if it cannot be written down.
  init?(_ certificate: NIOSSLCertificate?) {
    guard let certificate else { return nil }
    let der: [UInt8]
    do { der = try certificate.toDERBytes() } catch { return nil }
    subject = Self.name(in: certificate.subjectName, [.commonName])
    issuer = Self.name(in: certificate.issuerName, [.commonName, .organization])
    names = certificate._subjectAlternativeNames().prefix(100).compactMap { name in
      switch name.nameType {
      case .dnsName: Evidence.text(name.contents, limit: 100)
      case .ipAddress: IPAddress.text(of: Array(name.contents))
      default: nil
      }
    }
    notBefore = Int64(certificate.notValidBefore)
    notAfter = Int64(certificate.notValidAfter)
    isSelfSigned = certificate.issuerName == certificate.subjectName
    fingerprint = Fingerprint(ofCertificate: der)
  }

  private static func name(in names: [SSLCertificateName], _ types: [SSLCertificateNameType]) -> String? {
    for type in types {
      if let name = names.last(where: { $0.type == type }) { return Evidence.text(name.value, limit: 100) }
    }
    return nil
  }
}
