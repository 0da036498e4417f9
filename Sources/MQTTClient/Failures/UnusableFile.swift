/// A file that a connection with TLS needs and cannot use.
public struct UnusableFile: Equatable, Sendable {
  /// What the file is for.
  public enum Role: String, Sendable {
    /// The authorities that we trust.
    case authorities = "file of certificate authorities"
    /// Our certificate.
    case certificate = "certificate file"
    /// Our private key.
    case privateKey = "private key file"
  }

  /// What is wrong with it.
  public enum Fault: Equatable, Sendable {
    /// It cannot be read, with the words of the system.
    case unreadable(String)
    /// It is a pipe, a device or the like, and every connection reads it anew.
    case notRegular
    /// It is larger than any such file.
    case tooLarge
    /// It has no certificate in PEM.
    case noCertificate
    /// It has no private key in PEM.
    case noKey
    /// The key is encrypted, and there is no passphrase.
    case passphraseMissing
    /// The key is encrypted with another passphrase.
    case passphraseWrong
    /// The passphrase has letters outside of ASCII, which the library of TLS cannot take.
    case passphraseNotASCII
    /// The key belongs to another certificate than the one in this file.
    case keyDoesNotMatch(certificate: String)
    /// The system has no certificate authorities where they are looked for.
    case noSystemAuthorities
  }

  /// Where it is.
  public var path: String
  /// What it is for.
  public var role: Role
  /// What is wrong with it.
  public var fault: Fault

  /// A file that cannot be used.
  public init(_ path: String, _ role: Role, _ fault: Fault) {
    self.path = path
    self.role = role
    self.fault = fault
  }
}

extension UnusableFile {
  /// What is wrong, and what to do about it.
  var sentence: String {
    let file = "The \(role.rawValue) \(Evidence.text(path, limit: 200))"
    return switch fault {
    case .unreadable(let why): "\(file) cannot be read: \(why)."
    case .notRegular: "\(file) is not a plain file: each connection reads it anew, so it has to be one."
    case .tooLarge: "\(file) is too large to be one: is it the right file?"
    case .noCertificate: "\(file) has no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----."
    case .noKey: "\(file) has no private key in PEM that can be read, which begins with -----BEGIN PRIVATE KEY-----."
    case .passphraseMissing:
      "\(file) is encrypted: give its passphrase by MQTTSCOPE_KEY_PASSPHRASE, --key-passphrase-file, or the prompt."
    case .passphraseWrong: "\(file) is encrypted with another passphrase than the one given."
    case .passphraseNotASCII:
      "\(file) cannot be decrypted here: a passphrase with letters outside of ASCII is not supported. Encrypt a copy of "
        + "it with another one: openssl pkey -aes256 -in OLD -out NEW."
    case .keyDoesNotMatch(let certificate):
      "\(file) does not belong to the certificate in \(Evidence.text(certificate, limit: 200)): is it an older one?"
    case .noSystemAuthorities:
      "This system has no certificate authorities: install ca-certificates, or name a file of them (--cafile)."
    }
  }
}
