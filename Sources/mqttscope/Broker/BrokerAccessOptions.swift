import ArgumentParser
import Glibc
import MQTTBroker
import MQTTClient

/// The options about who may connect to the built-in broker, and do what.
struct BrokerAccessOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Let in only the users of this file, made by --hash-password or mosquitto_passwd.", valueName: "file"))
  var passwordFile: String?

  @Option(
    help: ArgumentHelp(
      "Print the line of the password file for this user, whose password is in MQTTSCOPE_PASSWORD or asked for.",
      valueName: "user"))
  var hashPassword: String?

  @Option(
    help: ArgumentHelp(
      """
      What users may do, written as mosquitto's acl_file: user NAME, then topic [read|write|readwrite|deny] FILTER, a line \
      each; before the first user for clients without a name; pattern instead of topic for everybody, with %u for the \
      user's name and %c for the client identifier. Of what a filter matches, what may be read is delivered, and of what \
      is retained, what its publisher may still write; a filter of which nothing may be read is refused.
      """,
      valueName: "file"))
  var rules: String?

  @Option(name: .customLong("cert"), help: ArgumentHelp("The certificate of mqtts:// and wss://.", valueName: "file"))
  var certificate: String?

  @Option(name: .customLong("key"), help: ArgumentHelp("The private key of the certificate.", valueName: "file"))
  var privateKey: String?

  @Option(
    name: .customLong("client-ca"),
    help: ArgumentHelp("Let in only clients with a certificate of these authorities.", valueName: "file"))
  var clientAuthorities: String?

  private static let fileLimit = 16 << 20  // bytes

  /// What a client needs to be let in by a listener.
  func admission(by listener: Listener) -> String {
    let authorities = listener.kind.isSecure ? clientAuthorities : nil
    return switch (authorities, passwordFile) {
    case (nil, nil): "without a password"
    case (nil, _?): "with a name and a password"
    case (let file?, nil): "with a certificate of \(file)"
    case (let file?, _?): "with a certificate of \(file), a name and a password"
    }
  }

  /// Whether the names that rules are for are not checked.
  var trustsNames: Bool { rules != nil && passwordFile == nil }

  /// Whether a hangup has the files read again; a terminal that is closed ends the broker.
  var isReadAgain: Bool { (passwordFile != nil || rules != nil) && isatty(STDERR_FILENO) == 0 }

  func access() throws(Failure) -> Access {
    var access = Access()
    if let passwordFile {
      let text = try Self.text(passwordFile)
      do { access.users = try Access.users(text) } catch { throw .failed("\(passwordFile): \(error)") }
    }
    if let rules {
      let text = try Self.text(rules)
      do { access.rules = try AccessRules(text) } catch { throw .failed("\(rules): \(error)") }
    }
    return access
  }

  func identity(needed isNeeded: Bool) throws(Failure) -> ServerIdentity? {
    guard isNeeded else {
      guard certificate == nil, privateKey == nil, clientAuthorities == nil else {
        throw .usage("A certificate is for mqtts:// and wss:// only: add such a --listen.")
      }
      return nil
    }
    guard let certificate, let privateKey else { throw .usage("mqtts:// and wss:// need --cert and --key.") }
    var authorities: [UInt8]?
    if let clientAuthorities { authorities = try Self.bytes(clientAuthorities) }
    let (chain, key) = (try Self.bytes(certificate), try Self.bytes(privateKey))
    do throws(ServerIdentity.Failure) {
      return try ServerIdentity(certificate: chain, key: key, clientAuthorities: authorities)
    } catch {
      throw .failed(words(for: error, certificate, privateKey))
    }
  }

  private func words(for failure: ServerIdentity.Failure, _ certificate: String, _ key: String) -> String {
    switch failure {
    case .noCertificate: "\(certificate) holds no certificate in PEM; --cert is the broker's own, with those above it."
    case .noKey: "\(key) holds no private key in PEM."
    case .keyIsEncrypted: "The key in \(key) is encrypted; openssl pkey -in \(key) -out FILE writes one that is not."
    case .keyOfAnother: "The key in \(key) is not the one of the certificate in \(certificate)."
    case .noAuthority: "\(clientAuthorities ?? "") holds no certificate of an authority in PEM."
    }
  }

  /// Why clients will refuse the certificate, and what to do about it.
  func warning(about identity: ServerIdentity) -> String? {
    let renewed = "openssl x509 -in \(certificate ?? "") -noout -text shows it; clients need another one."
    return switch identity.doubt(at: Int64(time(nil))) {
    case .expired(let end): "The certificate expired on \(Calendar.date(end)), so that clients refuse it: \(renewed)"
    case .notYetValid(let start):
      "The certificate is valid from \(Calendar.date(start)) on, and clients refuse it before; is the clock right?"
    case .namesNoHost: "The certificate names no host (subjectAltName), so that most clients refuse it: \(renewed)"
    case nil: nil
    }
  }

  func printHash(for name: String) throws(Failure) {
    let isOneLine = !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    guard !name.isEmpty, !name.contains(":"), !name.hasPrefix("#"), isOneLine else {
      throw .usage("A user's name has no colon and no control character, and does not begin with #.")
    }
    guard let password = try Password.find(for: name, at: "the built-in broker", file: nil) else {
      throw .failed("There is no password: set MQTTSCOPE_PASSWORD, or start this in a terminal.")
    }
    guard !password.isEmpty else { throw .failed("The password is empty, which is none.") }
    try Output.standard.write(Array("\(name):\(Credential(password).text)\n".utf8))
  }

  private static func text(_ path: String) throws(Failure) -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  private static func bytes(_ path: String) throws(Failure) -> [UInt8] { try InputFile.read(path, limit: fileLimit) }
}
