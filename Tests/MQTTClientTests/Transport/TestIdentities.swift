import TestSupport

/// The certificates of all these tests, made once.
struct TestIdentities: Sendable {
  let authority: String
  let folder: String
  let broker: Certificates.Identity
  let client: Certificates.Identity
  let clientKeyPKCS8: String
  let clientKeyOld: String
  let expired: Certificates.Identity
  let early: Certificates.Identity
  let otherName: Certificates.Identity
  /// For the address that answers, and for no name.
  let addressAlone: Certificates.Identity
  let alone: Certificates.Identity
  let otherAuthority: String

  static let passphrase = "secret words"
  private static let names = ["DNS:localhost", "IP:127.0.0.1", "IP:::1"]
  /// They live as long as the tests run.
  private static let made = Result { try (own: Certificates(), other: Certificates("Another Authority")) }
  private static let result = Result { try TestIdentities(made.get()) }

  static func shared() throws -> TestIdentities { try result.get() }

  private init(_ authorities: (own: Certificates, other: Certificates)) throws {
    let own = authorities.own
    authority = own.authority
    folder = own.folder.path
    broker = try own.issue(Self.names, named: "broker")
    client = try own.issue(["DNS:device-7"], named: "client")
    clientKeyPKCS8 = try own.encrypted(client, with: Self.passphrase)
    clientKeyOld = try own.encrypted(client, with: Self.passphrase, isOld: true)
    expired = try own.issue(Self.names, named: "expired", from: 2020, to: 2021)
    early = try own.issue(Self.names, named: "early", from: 2080, to: 2090)
    otherName = try own.issue(["DNS:broker.example", "DNS:*.iot.example"], named: "other")
    addressAlone = try own.issue(["IP:127.0.0.1", "DNS:*.host", "DNS:*"], named: "address-alone")
    alone = try own.selfSigned(Self.names, named: "alone")
    otherAuthority = authorities.other.authority
  }
}
