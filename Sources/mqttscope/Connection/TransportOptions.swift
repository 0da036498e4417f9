import ArgumentParser
import Explorer
import Glibc
import MQTTClient

/// The options of TLS, WebSocket and proxies.
struct TransportOptions: ParsableArguments {
  @Option(
    name: .customLong("cafile"),
    help: ArgumentHelp(
      "The certificate authorities to trust, a file or a folder; those of the system if not given.", valueName: "path"))
  var authorities: String?

  @Option(
    name: .customLong("cert"), help: ArgumentHelp("The client certificate, with those above it.", valueName: "path"))
  var certificate: String?

  @Option(
    name: .customLong("key"),
    help: ArgumentHelp("Its private key; not needed if it lies in the certificate's file.", valueName: "path"))
  var privateKey: String?

  @Option(
    help: ArgumentHelp(
      "A file with the passphrase of the key; or set MQTTSCOPE_KEY_PASSPHRASE, or be asked.", valueName: "path"))
  var keyPassphraseFile: String?

  @Option(
    help: ArgumentHelp("The name to ask for and to verify, if it is not the host.", valueName: "name"))
  var serverName: String?

  @Option(
    help: ArgumentHelp("Protocols to offer (ALPN), such as x-amzn-mqtt-ca; with commas.", valueName: "names"))
  var alpn: String?

  @Flag(help: "Believe whoever answers: no certificate is verified.")
  var insecure = false

  @Option(
    help: ArgumentHelp(
      "Trust the certificate with this SHA-256 and no other; may be given again.", valueName: "fingerprint"))
  var pin: [String] = []

  @Option(help: ArgumentHelp("The oldest version of TLS: 1.2 or 1.3.", valueName: "version"))
  var tlsMin: TLS.Version?

  @Option(
    help: ArgumentHelp(
      "A header for a WebSocket; a value of @NAME is that variable of the environment. May be given again.",
      valueName: "name: value"))
  var wsHeader: [String] = []

  @Option(
    help: ArgumentHelp(
      "A proxy, as socks5://host:port or http://host:port, or none; ALL_PROXY and NO_PROXY if not given.",
      valueName: "url"))
  var proxy: String?

  /// Sets what is said about the way to the broker.
  func apply(to configuration: inout Configuration) throws(Failure) {
    try checkUse(for: configuration.endpoint)
    if let host = configuration.endpoint.address?.host {
      configuration.proxy = try proxy(for: host)
    }
    for header in wsHeader { configuration.webSocketHeaders.append(try Self.header(header)) }
    if configuration.endpoint.isSecure { configuration.tls = try tls() }
  }

  /// The options that are said, by their names.
  var given: [String] { givenForTLS + (wsHeader.isEmpty ? [] : ["--ws-header"]) + (proxy == nil ? [] : ["--proxy"]) }

  private var givenForTLS: [String] {
    let all = [
      ("--cafile", authorities != nil), ("--cert", certificate != nil), ("--key", privateKey != nil),
      ("--key-passphrase-file", keyPassphraseFile != nil), ("--server-name", serverName != nil),
      ("--alpn", alpn != nil), ("--insecure", insecure), ("--pin", !pin.isEmpty), ("--tls-min", tlsMin != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  private func proxy(for host: String) throws(Failure) -> Proxy? {
    let found: Proxy?
    do {
      found = try ProxyChoice(proxy, variable: Self.variable).proxy(for: host)
    } catch {
      throw .usage("\(proxy == nil ? "ALL_PROXY" : "--proxy"): \(error)")
    }
    guard proxy == nil || found?.password == nil else {
      throw .usage(
        "--proxy holds a password, which others on this machine can read in the list of processes: put the proxy's URL"
          + " into ALL_PROXY.")
    }
    return found
  }

  /// An option that would do nothing is a mistake, and might be a dangerous one.
  private func checkUse(for endpoint: Endpoint) throws(Failure) {
    if !endpoint.isSecure, let option = givenForTLS.first {
      throw .usage("\(option) is for TLS, and \(endpoint) is without: write mqtts:// or wss://.")
    }
    let isWebSocket =
      switch endpoint {
      case .webSocket, .secureWebSocket: true
      case .tcp, .tls, .unix: false
      }
    guard isWebSocket || wsHeader.isEmpty else { throw .usage("--ws-header is for ws:// and wss:// only.") }
    guard certificate != nil || privateKey == nil else { throw .usage("--key needs the certificate: add --cert.") }
    guard !insecure || pin.isEmpty else { throw .usage("--insecure and --pin contradict each other.") }
  }

  private func tls() throws(Failure) -> TLS {
    var tls = TLS()
    tls.certificateAuthorities = authorities
    tls.certificate = certificate
    tls.privateKey = privateKey
    tls.serverName = serverName
    tls.applicationProtocols = alpn.map { $0.split(separator: ",").map(String.init) } ?? []
    tls.minimumVersion = tlsMin ?? .v1_2
    tls.keyLog = Self.variable("SSLKEYLOGFILE")
    if insecure { tls.verification = .none }
    if !pin.isEmpty { tls.verification = .pinned(try pin.map(Self.fingerprint)) }
    tls.passphrase = try Password.passphrase(for: tls, file: keyPassphraseFile)
    return tls
  }

  private static func fingerprint(_ text: String) throws(Failure) -> Fingerprint {
    guard let fingerprint = Fingerprint(text) else {
      throw .usage("“\(text)” is not a SHA-256: that is 64 hexadecimal digits, with or without colons.")
    }
    return fingerprint
  }

  /// `Name: value`, where the value may be a variable, so that a token need not stand on the command line.
  private static func header(_ text: String) throws(Failure) -> WebSocketHeader {
    guard let colon = text.firstIndex(of: ":") else {
      throw .usage("A header reads 'Name: value'; “\(text)” has no colon.")
    }
    var value = String(text[text.index(after: colon)...].drop { $0 == " " })
    if value.hasPrefix("@") {
      let name = String(value.dropFirst())
      guard let secret = variable(name) else { throw .usage("There is no variable \(name) in the environment.") }
      value = secret
    }
    let header = WebSocketHeader(String(text[..<colon]), value)
    guard header.isSendable else {
      throw .usage("The header \(header.name) cannot be sent: it is no field of HTTP, or one of the handshake's own.")
    }
    return header
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension TLS.Version: ExpressibleByArgument {}
