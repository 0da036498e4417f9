import NIOSSL

extension TLSFailure {
  /// What an error of the library means, with what the peer showed of itself.
  ///
  /// The library gives its reasons as text only: the names of the errors and alerts of BoringSSL.
  init(
    _ error: any Error, name: String, _ settings: TLS, certificate: PeerCertificate? = nil, firstBytes: [UInt8] = []
  ) {
    // Records of TLS begin with 20 to 23
    if let first = firstBytes.first, !(0x14...0x17).contains(first) {
      self = .notTLS(Stranger(firstBytes))
      return
    }
    let mismatches: [NIOSSLExtraError] = [.failedToValidateHostname, .serverHostnameImpossibleToMatch]
    if let error = error as? NIOSSLExtraError, mismatches.contains(error) {
      self = .wrongName(name, certificate)
      return
    }
    if error as? NIOSSLError == .handshakeFailed(.sslError([.eofDuringHandshake])) {
      self = .closed
      return
    }
    let words = "\(error)"
    let meanings: [(String, TLSFailure)] = [
      ("CERTIFICATE_VERIFY_FAILED", Self.distrust(certificate, settings)),
      ("CERTIFICATE_REQUIRED", .certificateDemanded),
      ("ALERT_BAD_CERTIFICATE", Self.refusal("bad certificate", settings)),
      ("ALERT_UNSUPPORTED_CERTIFICATE", .certificateRefused("unsupported certificate")),
      ("ALERT_CERTIFICATE_REVOKED", .certificateRefused("revoked")),
      ("ALERT_CERTIFICATE_EXPIRED", .certificateRefused("expired")),
      ("ALERT_CERTIFICATE_UNKNOWN", Self.refusal("unknown certificate", settings)),
      ("ALERT_UNKNOWN_CA", .certificateRefused("unknown authority")),
      ("ALERT_ACCESS_DENIED", .certificateRefused("access denied")),
      ("ALERT_PROTOCOL_VERSION", .versionRefused(ours: settings.minimumVersion)),
      ("UNSUPPORTED_PROTOCOL", .versionRefused(ours: settings.minimumVersion)),
      ("NO_APPLICATION_PROTOCOL", .applicationProtocolsRefused(settings.applicationProtocols)),
      ("UNRECOGNIZED_NAME", .nameRefused(name)),
      ("ALERT_HANDSHAKE_FAILURE", .handshakeRefused(hasCertificate: settings.certificate != nil)),
      ("WRONG_VERSION_NUMBER", .notTLS(nil)),
    ]
    self = meanings.first { words.contains($0.0) }?.1 ?? .other(Self.short(words))
  }

  /// Why we do not trust a certificate: the library does not say it, but the certificate does.
  private static func distrust(_ certificate: PeerCertificate?, _ settings: TLS) -> TLSFailure {
    if case .pinned = settings.verification { return .notPinned(certificate) }
    guard let certificate else { return .unknownAuthority(nil) }
    let now = WallClock.now / 1_000_000_000
    if now > certificate.notAfter { return .expired(certificate) }
    if now < certificate.notBefore { return .notYetValid(certificate) }
    return certificate.isSelfSigned ? .selfSigned(certificate) : .unknownAuthority(certificate)
  }

  /// Older servers call a certificate bad that is missing.
  private static func refusal(_ alert: String, _ settings: TLS) -> TLSFailure {
    settings.certificate == nil ? .certificateDemanded : .certificateRefused(alert)
  }

  /// The name of the error without the places in the library's source.
  private static func short(_ words: String) -> String {
    let mark = "OPENSSL_internal:"
    guard let start = words.firstRange(of: mark)?.upperBound else { return Evidence.text(words, limit: 120) + "." }
    let name = words[start...].prefix { $0 != " " }.lowercased()
    return Evidence.text(String(name.map { $0 == "_" ? " " : $0 }), limit: 120) + "."
  }
}
