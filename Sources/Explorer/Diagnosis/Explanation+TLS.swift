import MQTTClient

/// TLS that did not come about, with the certificate's own words.
extension Explanation {
  mutating func explainTLS(_ failure: TLSFailure) {
    why = Self.evidence(of: failure)
    tries = Self.help(against: failure)
  }

  private static func evidence(_ certificate: PeerCertificate?) -> [String] {
    guard let certificate else { return ["Its certificate could not be read."] }
    let day = { (second: Int64) in Format.date(second * 1_000_000_000) }
    return [
      "Its certificate is for \(certificate.subjects), issued by \(certificate.authority), "
        + "valid from \(day(certificate.notBefore)) to \(day(certificate.notAfter)).",
      "The SHA-256 of it is \(certificate.fingerprint).",
    ]
  }

  private static func evidence(of failure: TLSFailure) -> [String] {
    switch failure {
    case .expired(let certificate), .notYetValid(let certificate), .selfSigned(let certificate): evidence(certificate)
    case .unknownAuthority(let certificate), .wrongName(_, let certificate), .notPinned(let certificate):
      evidence(certificate)
    case .certificateDemanded: ["It asked for a certificate of ours in the handshake, and we had none to show."]
    case .certificateRefused(let alert): ["It ended the handshake with the alert “\(alert)” after it had seen ours."]
    case .versionRefused: ["It ended the handshake with the alert protocol_version."]
    case .applicationProtocolsRefused: ["It ended the handshake with the alert no_application_protocol."]
    case .nameRefused: ["It ended the handshake with the alert unrecognized_name: the name goes with the first packet."]
    case .handshakeRefused: ["It ended the handshake with the alert handshake_failure, which gives no reason."]
    case .notTLS(nil): ["What it sent is no record of TLS."]
    case .notTLS(let stranger?): stranger.evidence
    case .closed: ["Our ClientHello was sent, and the connection was closed before TLS stood."]
    case .unsendable: ["Nothing was sent to the broker."]
    case .other(let words): ["The library of TLS says: \(words)"]
    }
  }

  private static func help(against failure: TLSFailure) -> [String] {
    switch failure {
    case .expired:
      ["Who runs the broker has to renew it.", "Is the clock of this computer right? date tells.", lookingAnyway]
    case .notYetValid: ["Is the clock of this computer right? date tells.", lookingAnyway]
    case .selfSigned(let certificate):
      [
        "Is it the right one? At the broker: openssl x509 -noout -fingerprint -sha256 -in FILE.",
        "Then trust it and nothing else: --pin \(certificate.fingerprint)",
        "Or give its file: --cafile FILE.",
      ]
    case .unknownAuthority:
      [
        "Is it an authority of your own? Give its certificate: --cafile FILE.",
        "Of a public one? Then the broker has to send the certificates between as well (often fullchain.pem).",
        "Are the authorities of this system there and new? The package is ca-certificates.",
      ]
    case .wrongName:
      ["Connect by one of the names that it is for.", "Or say which one is meant: --server-name NAME.", lookingAnyway]
    case .notPinned:
      [
        "Ask who runs the broker whether it was renewed; if so, pin the new one.",
        "If not, somebody stands between: send no password this way.",
      ]
    case .certificateDemanded, .handshakeRefused(hasCertificate: false):
      [
        "--cert FILE and --key FILE show who we are; who runs the broker issues them.",
        "Brokers that want none have another port for it, often 8883.",
      ]
    case .certificateRefused, .handshakeRefused(hasCertificate: true):
      [
        "Who issued ours, and until when is it valid? openssl x509 -noout -issuer -dates -in FILE.",
        "Does the broker trust that issuer? Its own log names the reason.",
      ]
    case .versionRefused(.v1_3): ["--tls-min 1.2 speaks the older one too."]
    case .versionRefused(.v1_2): ["The broker has to learn TLS 1.2, which is from 2008."]
    case .applicationProtocolsRefused:
      ["AWS IoT wants --alpn x-amzn-mqtt-ca on port 443; most brokers want none: leave --alpn out."]
    case .nameRefused: ["--server-name NAME asks for another one.", "Is it the name, not the address, in the URL?"]
    case .notTLS, .closed: ["Is it the port for TLS? That is usually 8883, and 1883 the one without."]
    case .unsendable: ["Change the option that the sentence is about, and start again."]
    case .other: ["r tries again at once.", "The broker's own log names the reason."]
    }
  }

  private static var lookingAnyway: String {
    "Just to look, and to send no secret: --insecure believes whoever answers."
  }
}
