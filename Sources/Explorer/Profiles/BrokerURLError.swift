/// Why text does not say where a broker is. A password that was in the text is in none of the cases.
package enum BrokerURLError: Error, Equatable {
  case scheme(String)
  case password
  case percent
  case path
  case webSocketPath
  case socket
  case noHost
  case host(String)
  case bracket
  case bareIPv6(String)
  case port(String)
}

extension BrokerURLError: CustomStringConvertible {
  /// A sentence for the person who typed the URL.
  package var description: String {
    switch self {
    case .scheme(let scheme):
      "\(scheme):// is not a scheme of MQTT: a broker's URL starts with mqtt://, mqtts://, ws://, wss:// or unix://."
    case .password:
      "The URL holds a password, which others on this machine can read in the list of processes: write mqtt://user@host"
        + " and give the password by MQTTSCOPE_PASSWORD, --password-file, or the prompt."
    case .percent: "The user name in the URL has a % that is not followed by two hexadecimal digits of UTF-8."
    case .path: "The URL of a broker ends with its port; topics are given with -t or as arguments of their own."
    case .webSocketPath: "The path of a WebSocket has no #, no blanks and no control characters."
    case .socket: "The URL of a Unix socket names its whole path, as in unix:///run/mosquitto.sock."
    case .noHost: "The URL names no host: write mqtt://host:port, or just the host."
    case .host(let host): "“\(host)” is not a host name."
    case .bracket: "An IPv6 address in a URL reads mqtt://[::1]:1883."
    case .bareIPv6(let text): "Is “\(text)” an IPv6 address? Put it in brackets: mqtt://[::1]:1883."
    case .port(let digits): "“\(digits)” is not a port: ports are numbers from 1 to 65535."
    }
  }
}
