import MQTTClient
import TestSupport
import Testing

/// A file that cannot be used is named, with what is wrong with it; nothing is sent to the broker.
struct TLSFileTests {
  private let identities: TestIdentities
  private let folder: TemporaryFolder

  init() throws {
    identities = try TestIdentities.shared()
    folder = try TemporaryFolder()
  }

  private func fault(_ change: (inout TLS) -> Void) throws -> (UnusableFile, String) {
    var configuration = Configuration.loopback(1)
    configuration.endpoint = .tls(host: "localhost", port: Int(try Loopback.freePort()))
    configuration.tls.certificateAuthorities = identities.authority
    configuration.reconnection = .backoff(Backoff())
    change(&configuration.tls)
    let end = try Recorder(configuration).disconnection()
    guard case .unusableFile(let file) = end.reason else { throw TestSupportError("\(end.reason)") }
    #expect(end.retryIn == nil, "a file stays as it is until somebody sees to it")
    #expect(end.description.contains(file.path))
    return (file, end.description)
  }

  @Test func `a missing file is told with the system's words`() throws {
    let path = "\(folder.path)/none"
    let (file, sentence) = try fault { $0.certificateAuthorities = path }
    #expect(file == UnusableFile(path, .authorities, .unreadable("No such file or directory")))
    #expect(sentence.contains("No such file"))
  }

  @Test(arguments: ["", "no certificate\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
  func `a file without a certificate is told so, as each of the three`(text: String) throws {
    let path = try folder.write(text, to: "file")
    #expect(try fault { $0.certificateAuthorities = path }.0 == UnusableFile(path, .authorities, .noCertificate))
    #expect(try fault { $0.certificate = path }.0 == UnusableFile(path, .certificate, .noCertificate))
    let key = try fault {
      $0.certificate = identities.client.certificate
      $0.privateKey = path
    }.0
    #expect(key == UnusableFile(path, .privateKey, .noKey))
  }

  @Test func `a certificate without a key in its file wants one`() throws {
    let file = try fault { $0.certificate = identities.client.certificate }.0
    #expect(file == UnusableFile(identities.client.certificate, .privateKey, .noKey))
  }

  @Test func `a key of another certificate is told`() throws {
    let (file, sentence) = try fault {
      $0.certificate = identities.client.certificate
      $0.privateKey = identities.broker.key
    }
    #expect(file.fault == .keyDoesNotMatch(certificate: identities.client.certificate))
    #expect(sentence.contains("does not belong to the certificate"))
  }

  @Test(arguments: [true, false]) func `an encrypted key wants its passphrase, and the right one`(isOld: Bool) throws {
    let key = isOld ? identities.clientKeyOld : identities.clientKeyPKCS8
    var tls = TLS()
    tls.certificate = identities.client.certificate
    tls.privateKey = key
    #expect(tls.lacksPassphrase)
    #expect(
      try fault {
        $0.certificate = identities.client.certificate
        $0.privateKey = key
      }.0 == UnusableFile(key, .privateKey, .passphraseMissing))
    for wrong in ["wrong", String(repeating: "long", count: 5000)] {
      #expect(
        try fault {
          $0.certificate = identities.client.certificate
          $0.privateKey = key
          $0.passphrase = Array(wrong.utf8)
        }.0 == UnusableFile(key, .privateKey, .passphraseWrong))
    }
    #expect(
      try fault {
        $0.certificate = identities.client.certificate
        $0.privateKey = key
        $0.passphrase = Array("sécret".utf8)
      }.0 == UnusableFile(key, .privateKey, .passphraseNotASCII))
    tls.passphrase = Array(TestIdentities.passphrase.utf8)
    #expect(!tls.lacksPassphrase && !"\(tls)".contains(TestIdentities.passphrase))
    tls.certificateAuthorities = identities.authority
    let broker = try Broker(
      .tls(identities.broker, ["require_certificate true", "cafile \(identities.authority)"]))
    _ = try Recorder(broker.configuration { $0.tls = tls }).connection()
  }

  @Test func `a pipe or a device is not waited for`() throws {
    let pipe = "\(folder.path)/pipe"
    _ = try PipedProgram.run("mkfifo", [pipe])
    for path in [pipe, "/dev/zero"] {
      #expect(try fault { $0.certificate = path }.0 == UnusableFile(path, .certificate, .notRegular))
    }
  }

  @Test func `a folder of authorities is read, whatever else lies in it`() throws {
    let broker = try Broker(.tls(identities.broker))
    let copied = try PipedProgram.run("cp", [identities.authority, identities.broker.key, folder.path])
    #expect(copied.status == .exited(0))
    try folder.write("notes", to: "notes.pem")
    _ = try Recorder(broker.configuration { $0.tls.certificateAuthorities = folder.path }).connection()
    let empty = try TemporaryFolder()
    #expect(
      try fault { $0.certificateAuthorities = empty.path }.0
        == UnusableFile(empty.path, .authorities, .noCertificate))
  }

  @Test(arguments: ["", "a\0b", String(repeating: "x", count: 300)])
  func `a name that cannot be sent is told`(name: String) throws {
    let broker = try Broker(.tls(identities.broker))
    guard case .tls(.unsendable) = try broker.end({ $0.tls.serverName = name }).reason else {
      throw TestSupportError("\(name) was sent")
    }
    guard case .tls(.unsendable) = try broker.end({ $0.tls.applicationProtocols = ["ü"] }).reason else {
      throw TestSupportError("a protocol that is no ASCII was sent")
    }
  }
}
