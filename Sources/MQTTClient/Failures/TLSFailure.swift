/// Why TLS with a broker did not come about.
public enum TLSFailure: Equatable, Sendable {
  /// The broker's certificate is no longer valid.
  case expired(PeerCertificate)
  /// The broker's certificate is not valid yet.
  case notYetValid(PeerCertificate)
  /// The broker issued its certificate itself, and we do not trust it.
  case selfSigned(PeerCertificate)
  /// No chain of certificates leads to an authority that we trust.
  case unknownAuthority(PeerCertificate?)
  /// The broker's certificate is for other names than the one we asked for.
  case wrongName(String, PeerCertificate?)
  /// The broker's certificate is none of those pinned.
  case notPinned(PeerCertificate?)
  /// The broker wants a certificate of ours, and there was none.
  case certificateDemanded
  /// The broker does not take our certificate, with the alert that it sent.
  case certificateRefused(String)
  /// Broker and we have no version of TLS in common.
  case versionRefused(ours: TLS.Version)
  /// The broker takes none of the protocols that we offered (ALPN).
  case applicationProtocolsRefused([String])
  /// The broker knows no server of the name we asked for.
  case nameRefused(String)
  /// Broker and we have no way of encrypting in common, or it wants a certificate of ours and older TLS cannot say so.
  case handshakeRefused(hasCertificate: Bool)
  /// Who answers does not speak TLS.
  case notTLS(Stranger?)
  /// The connection was closed in the middle of the handshake.
  case closed
  /// The name, or a protocol to offer, cannot be sent.
  case unsendable(String)
  /// Anything else, in the words of the library.
  case other(String)
}

extension TLSFailure {
  /// Whether another attempt may end differently without anybody's help.
  var mayPass: Bool {
    switch self {
    case .closed, .other: true
    default: false
    }
  }

  /// What happened, and what to try.
  func sentence(about endpoint: Endpoint) -> String {
    switch self {
    case .expired(let certificate):
      return "The certificate of \(endpoint) expired on \(Calendar.date(certificate.notAfter)); today is "
        + "\(Calendar.today). It has to be renewed at the broker."
    case .notYetValid(let certificate):
      return "The certificate of \(endpoint) is valid from \(Calendar.date(certificate.notBefore)) on; today is "
        + "\(Calendar.today). Is the clock of this computer right?"
    case .selfSigned(let certificate):
      return "The certificate of \(endpoint), for \(certificate.subjects), is self-signed and not among those that we "
        + "trust. If it is the right one, trust it: --pin \(certificate.fingerprint), or --cafile with its file."
    case .unknownAuthority(let certificate):
      let whose = certificate.map { ", for \($0.subjects), was issued by \($0.authority), which" } ?? " is of one that"
      return "The certificate of \(endpoint)\(whose) leads to no authority that we trust. If it is the broker's own "
        + "authority, give its file with --cafile."
    case .wrongName(let name, let certificate):
      return "The certificate of \(endpoint) is not for \(name): it is for \(certificate?.subjects ?? "no name"). "
        + "Connect by a name that it has, or say which one is meant with --server-name."
    case .notPinned(let certificate):
      return "The certificate of \(endpoint) is not the pinned one; its SHA-256 is "
        + "\(certificate?.fingerprint.description ?? "not known"). Was it renewed, or does somebody stand between?"
    case .certificateDemanded:
      return "\(endpoint) demands a client certificate: give it with --cert and --key."
    case .certificateRefused(let alert):
      return "\(endpoint) does not accept our client certificate (\(alert)): was it issued for this broker, and is it "
        + "still valid?"
    case .versionRefused(let ours):
      return "\(endpoint) does not speak TLS \(ours.rawValue)\(ours == .v1_2 ? " or newer" : ": try --tls-min 1.2")."
        + (ours == .v1_2 ? " Older versions are not safe and not spoken here." : "")
    default:
      return otherSentence(about: endpoint)
    }
  }

  private func otherSentence(about endpoint: Endpoint) -> String {
    switch self {
    case .applicationProtocolsRefused(let offered):
      "\(endpoint) takes none of the protocols that we offer (--alpn \(offered.joined(separator: ","))): "
        + "AWS IoT wants x-amzn-mqtt-ca on port 443."
    case .nameRefused(let name): "\(endpoint) knows no server named \(name): see --server-name."
    case .handshakeRefused(hasCertificate: false):
      "\(endpoint) refused the TLS handshake. It may demand a client certificate: give it with --cert and --key."
    case .handshakeRefused(hasCertificate: true):
      "\(endpoint) refused the TLS handshake: it may not accept our client certificate, or have no cipher in common "
        + "with us."
    case .notTLS(let stranger):
      "\(endpoint) does not speak TLS on this port\(Self.evidence(stranger)). Without TLS it would be "
        + "\(endpoint.secured(false).url)."
    case .closed:
      "\(endpoint) closed the connection in the middle of the TLS handshake: does it speak TLS on this port? Without "
        + "TLS it would be \(endpoint.secured(false).url)."
    case .unsendable(let words): "TLS cannot be asked for: \(words)"
    case .other(let words): "TLS with \(endpoint) failed: \(words)"
    default: ""
    }
  }

  private static func evidence(_ stranger: Stranger?) -> String {
    switch stranger {
    case .http(let line): ": it answers in HTTP (“\(line)”)"
    case .banner(let line): ": it answers “\(line)”"
    case .tls, nil: ""
    }
  }
}
