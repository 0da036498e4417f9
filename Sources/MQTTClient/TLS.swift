/// How a connection with TLS is made, and whom it trusts.
///
/// The files are read when a connection is opened, so a renewed certificate is used by the next one. They are PEM.
public struct TLS: Equatable, Sendable {
  /// A version of TLS.
  public enum Version: String, CaseIterable, Sendable {
    /// TLS 1.2.
    case v1_2 = "1.2"
    /// TLS 1.3.
    case v1_3 = "1.3"
  }

  /// How it is made sure that the broker is the one we mean.
  public enum Verification: Equatable, Sendable {
    /// A chain to an authority that we trust, valid today, and for the name.
    case full
    /// The broker's own certificate is one of these, whatever it says.
    case pinned([Fingerprint])
    /// Not at all: whoever answers is believed.
    case none
  }

  /// A file with the authorities that we trust, or a folder of such files; nil is those of the system.
  public var certificateAuthorities: String?
  /// The file with the certificate that shows who we are, and those above it.
  public var certificate: String?
  /// The file with its private key; nil if it lies in the certificate's file.
  public var privateKey: String?
  /// What the private key is encrypted with.
  public var passphrase: [UInt8]?
  /// The name that the broker is asked for and has to show a certificate of; nil is the host.
  public var serverName: String?
  /// The protocols to offer (ALPN), such as `mqtt` or `x-amzn-mqtt-ca`; none if empty.
  public var applicationProtocols: [String] = []
  /// How it is made sure that the broker is the one we mean.
  public var verification = Verification.full
  /// The oldest version that is spoken.
  public var minimumVersion = Version.v1_2
  /// The file to which the secrets of each connection are added, for Wireshark; nil is none.
  public var keyLog: String?

  /// The authorities of the system, and no certificate of ours.
  public init() {}
}

extension TLS: CustomStringConvertible {
  /// What can be told in a log: the passphrase is not in it.
  public var description: String {
    "TLS \(minimumVersion.rawValue) and newer, verification \(verification), authorities "
      + "\(certificateAuthorities ?? "of the system"), certificate \(certificate ?? "none")"
  }
}
