import MQTTClient

/// What lies between us and MQTT: files, proxies, WebSockets, and strangers who answer.
extension Explanation {
  mutating func explainMissingSocket() {
    why = ["There is nothing at that path (ENOENT)."]
    tries = ["Is the broker running?", "Mosquitto listens there by a line of its configuration: listener 0 PATH."]
  }

  mutating func explainFile(_ file: UnusableFile) {
    why = ["It is read anew for each connection, and nothing was sent to the broker."]
    tries =
      switch file.fault {
      case .unreadable: ["Is the path right, and may we read it? ls -l tells."]
      case .notRegular, .tooLarge: ["Give a plain file in PEM."]
      case .noCertificate, .noKey:
        [
          "What is in it? A file in DER is turned into PEM by openssl x509 -inform der, or openssl pkey -inform der.",
          "Are --cert and --key the wrong way round?",
        ]
      case .passphraseMissing, .passphraseWrong, .passphraseNotASCII:
        ["openssl pkey -noout -in FILE tries a passphrase."]
      case .keyDoesNotMatch:
        [
          "Both of these have to print the same: openssl x509 -noout -pubkey -in CERT and openssl pkey -pubout -in KEY.",
          "Was one of them renewed without the other?",
        ]
      case .noSystemAuthorities: ["On Debian: apt-get install ca-certificates."]
      }
  }

  mutating func explainProxy(_ failure: ProxyFailure, _ known: Circumstances) {
    let place = known.isProfile ? "the profile" : "--proxy"
    why = ["The way to the broker goes through \(failure.proxy), as \(place) or ALL_PROXY says."]
    tries =
      switch failure.fault {
      case .unreachable, .notAProxy: ["Is its address right, and its kind, socks5:// or http://?"]
      case .credentialsWanted, .credentialsRefused: ["They stand in its URL: socks5://user:password@host:1080."]
      case .socks, .http, .closed: ["May it connect to this port? Many let only 443 through: wss:// is often there."]
      case .unsendable: ["Give the broker by its address, or a shorter name."]
      }
    tries.append("Without it: NO_PROXY with the broker's host.")
  }

  mutating func explainWebSocket(_ failure: WebSocketFailure) {
    let paths = "Is the path right? Most brokers have /mqtt; some /ws or /."
    switch failure {
    case .refused(let status, _):
      why = ["The answer to the request for a WebSocket was HTTP \(status), where 101 opens one (RFC 6455, 4.2.2)."]
      tries = [paths, "A gateway may want a header: --ws-header 'Name: value'."]
    case .noMQTT:
      why = ["MQTT over WebSocket goes by the sub-protocol mqtt (MQTT 5.0, 6); the server did not agree to it."]
      tries = [paths, "Another program may listen here."]
    case .invalid(let what):
      why = ["That breaks RFC 6455: \(what)."]
      tries = [paths, "Does a proxy or gateway stand between?"]
    case .closed(let code, _):
      why = ["A close frame came with \(code), and no DISCONNECT of MQTT before it."]
      tries = ["The log of the broker, or of a gateway before it, names the reason.", "r connects again at once."]
    case .text:
      why = ["A frame of text came; MQTT goes in binary ones (MQTT 5.0, 6)."]
      tries = [paths]
    case .notHTTP:
      why = ["The request for a WebSocket was answered in something that is not HTTP."]
      tries = ["Is it the broker's port for MQTT itself? Then mqtt:// or mqtts://."]
    case .unsendable:
      why = ["Nothing was sent to the broker."]
      tries = ["A header is --ws-header 'Name: value', and not one of those that open the WebSocket."]
    }
  }

  mutating func explain(_ stranger: Stranger) {
    why = stranger.evidence
    switch stranger {
    case .tls: tries = ["Use mqtts:// for this port.", "MQTT without TLS is usually on port 1883."]
    case .http:
      tries = [
        "Is it the broker's WebSocket port? Use ws:// or wss://, with the path, often /mqtt.",
        "MQTT itself is usually on port 1883.",
      ]
    case .banner: tries = ["Is it the right port? MQTT is usually on port 1883."]
    }
  }
}

extension Stranger {
  /// What it sent.
  var evidence: [String] {
    switch self {
    case .tls: ["Its first bytes are a record of TLS."]
    case .http(let line): ["It sent: “\(line)”", "That is HTTP: a web server answers on this port."]
    case .banner(let line): ["It sent: “\(line)”", "That is the greeting of another protocol."]
    }
  }
}
