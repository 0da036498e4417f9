/// What a broker's certificate says about itself, fit to be shown.
public struct PeerCertificate: Equatable, Sendable {
  /// The common name of its subject.
  public var subject: String?
  /// The common name of who issued it, or the organisation.
  public var issuer: String?
  /// The names and addresses it is for.
  public var names: [String]
  /// The second from which on it is valid, since 1970.
  public var notBefore: Int64
  /// The last second in which it is valid.
  public var notAfter: Int64
  /// Whether it was issued by whom it is for.
  public var isSelfSigned: Bool
  /// Its SHA-256.
  public var fingerprint: Fingerprint

  /// A certificate.
  public init(
    subject: String?, issuer: String?, names: [String], notBefore: Int64, notAfter: Int64,
    isSelfSigned: Bool, fingerprint: Fingerprint
  ) {
    self.subject = subject
    self.issuer = issuer
    self.names = names
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.isSelfSigned = isSelfSigned
    self.fingerprint = fingerprint
  }
}

extension PeerCertificate {
  /// What it is for, in words: `broker.local, 10.0.0.1`, at most five of them.
  public var subjects: String {
    guard !names.isEmpty else { return subject ?? "nobody" }
    let shown = names.prefix(5).joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }

  /// Who issued it, in words.
  public var authority: String { issuer.map { "“\($0)”" } ?? "an authority without a name" }
}
