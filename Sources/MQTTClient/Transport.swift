/// What carries a connection: the facts that were settled before MQTT began.
public struct Transport: Equatable, Sendable {
  /// What TLS settled.
  public struct Security: Equatable, Sendable {
    /// The version that is spoken.
    public var version: TLS.Version
    /// The broker's own certificate.
    public var certificate: PeerCertificate?
    /// The protocol that the broker chose of those offered (ALPN).
    public var applicationProtocol: String?
    /// Whether it was made sure that the broker is the one we mean.
    public var isVerified: Bool

    /// What TLS settled.
    public init(
      version: TLS.Version, certificate: PeerCertificate? = nil, applicationProtocol: String? = nil, isVerified: Bool
    ) {
      self.version = version
      self.certificate = certificate
      self.applicationProtocol = applicationProtocol
      self.isVerified = isVerified
    }
  }

  /// What TLS settled; nil without TLS.
  public var security: Security?
  /// The proxy that the connection goes through.
  public var proxy: Proxy?

  /// A transport; without arguments it is a plain one.
  public init(security: Security? = nil, proxy: Proxy? = nil) {
    self.security = security
    self.proxy = proxy
  }
}
