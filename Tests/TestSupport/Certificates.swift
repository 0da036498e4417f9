/// A certificate authority of the tests' own, and the certificates it issues, made by the `openssl` command.
package final class Certificates: Sendable {
  /// A certificate in PEM and its key.
  package struct Identity: Sendable {
    package let certificate: String
    package let key: String
  }

  package let folder: TemporaryFolder
  private let name: String

  /// Makes the authority; its certificate is `authority`.
  package init(_ name: String = "Test Authority") throws {
    self.name = name
    folder = try TemporaryFolder()
    try folder.write("", to: "index.txt")
    try folder.write(Self.configuration(folder.path), to: "openssl.cnf")
    try Self.run(
      ["req", "-x509", "-days", "2", "-subj", "/CN=\(name)"] + Self.key + [
        "-keyout", "\(folder.path)/authority.key", "-out", authority,
      ])
  }

  /// The file with the authority's certificate.
  package var authority: String { "\(folder.path)/authority.pem" }

  /// Issues a certificate.
  /// - Parameters:
  ///   - names: as OpenSSL writes them, `DNS:localhost` or `IP:127.0.0.1`; the common name is the first one.
  ///   - from: the years of its validity.
  package func issue(_ names: [String], named file: String, from: Int = 2020, to: Int = 2090) throws -> Identity {
    let path = "\(folder.path)/\(file)"
    let subject = names.first.map { String($0.drop { $0 != ":" }.dropFirst()) } ?? file
    let extras = names.isEmpty ? [] : ["-addext", "subjectAltName=\(names.joined(separator: ","))"]
    try Self.run(
      ["req", "-new", "-subj", "/CN=\(subject)"] + extras + Self.key + [
        "-keyout", "\(path).key", "-out", "\(path).csr",
      ])
    try Self.run([
      "ca", "-batch", "-notext", "-config", "\(folder.path)/openssl.cnf", "-cert", authority,
      "-keyfile", "\(folder.path)/authority.key", "-in", "\(path).csr", "-out", "\(path).pem",
      "-startdate", "\(from)0101000000Z", "-enddate", "\(to)0101000000Z",
    ])
    return Identity(certificate: "\(path).pem", key: "\(path).key")
  }

  /// Makes a certificate that vouches for itself.
  package func selfSigned(_ names: [String], named file: String) throws -> Identity {
    let path = "\(folder.path)/\(file)"
    try Self.run(
      ["req", "-x509", "-days", "2", "-subj", "/CN=alone", "-addext", "subjectAltName=\(names.joined(separator: ","))"]
        + Self.key + ["-keyout", "\(path).key", "-out", "\(path).pem"])
    return Identity(certificate: "\(path).pem", key: "\(path).key")
  }

  /// The key of an identity, encrypted in the form of PKCS #8, or in OpenSSL's older one.
  package func encrypted(_ identity: Identity, with passphrase: String, isOld: Bool = false) throws -> String {
    let path = identity.key + (isOld ? ".old" : ".pkcs8")
    let form = isOld ? ["ec", "-aes256"] : ["pkcs8", "-topk8"]
    try Self.run(form + ["-in", identity.key, "-passout", "pass:\(passphrase)", "-out", path])
    return path
  }

  /// The SHA-256 of a certificate, as OpenSSL writes it.
  package static func fingerprint(of identity: Identity) throws -> String {
    let text = try run(["x509", "-in", identity.certificate, "-noout", "-fingerprint", "-sha256"])
    return String(text.drop { $0 != "=" }.dropFirst().prefix { $0 != "\n" })
  }

  private static let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

  @discardableResult
  private static func run(_ arguments: [String]) throws -> String {
    let outcome = try PipedProgram.run("openssl", arguments)
    guard outcome.status == .exited(0) else {
      throw TestSupportError("openssl \(arguments.joined(separator: " ")): \(outcome.errorText)")
    }
    return outcome.outputText
  }

  private static func configuration(_ folder: String) -> String {
    """
    [ca]
    default_ca = this
    [this]
    new_certs_dir = \(folder)
    database = \(folder)/index.txt
    rand_serial = yes
    default_md = sha256
    policy = any
    copy_extensions = copy
    unique_subject = no
    [any]
    commonName = supplied

    """
  }
}
