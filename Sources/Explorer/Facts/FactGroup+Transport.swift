import MQTTClient

/// What carries MQTT.
extension FactGroup {
  /// What TLS and a proxy settled; nil for a plain connection of our own.
  static func transport(_ transport: Transport) -> FactGroup? {
    var facts: [Fact] = []
    if let security = transport.security {
      facts.append(
        Fact(
          "TLS", security.version.rawValue,
          security.isVerified
            ? "We made sure that it is the broker we mean." : "Nobody made sure that it is the broker we mean.",
          isLimiting: !security.isVerified))
      if let certificate = security.certificate { facts += self.facts(of: certificate) }
      if let name = security.applicationProtocol {
        facts.append(Fact("ALPN", name, "The broker chose this protocol of those that we offered."))
      }
    }
    if let proxy = transport.proxy {
      facts.append(Fact("proxy", proxy.description, "All we send goes through it; with TLS it cannot read it."))
    }
    return facts.isEmpty ? nil : FactGroup(heading: "Transport", facts: facts)
  }

  private static func facts(of certificate: PeerCertificate) -> [Fact] {
    let day = { (second: Int64) in Format.date(second * 1_000_000_000) }
    return [
      Fact("certificate for", certificate.subjects, "The names under which the broker can prove itself."),
      Fact(
        "issued by", certificate.authority,
        certificate.isSelfSigned ? "By itself: it is trusted because we were told to." : "The authority above it."),
      Fact("valid", "to \(day(certificate.notAfter))", "From \(day(certificate.notBefore)) on."),
      Fact("SHA-256", certificate.fingerprint.description, "What --pin would take."),
    ]
  }
}
