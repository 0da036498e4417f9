import MQTT

/// The end of a connection, or of an attempt to make one.
public struct Disconnection: Equatable, Sendable {
  /// Why a connection ended.
  public enum Reason: Equatable, Sendable {
    /// We were asked to.
    case requested
    /// CONNACK refused us, in this version.
    case refused(ReasonCode, Properties, ProtocolVersion = .v5)
    /// The broker sent DISCONNECT.
    case dismissed(ReasonCode, Properties)
    /// The broker closed the connection without a word.
    case closed(wasAccepted: Bool)
    /// The host name has no address.
    case unknownHost(String)
    /// Nothing listens on the port.
    case connectionRefused
    /// Nobody answered in time, in nanoseconds.
    case timedOut(Waiting, Int64)
    /// There is nothing at the path of the Unix socket.
    case noSocket
    /// The network failed with this error of the system.
    case network(String)
    /// The proxy did not bring us to the broker.
    case proxy(ProxyFailure)
    /// A file that TLS needs cannot be used.
    case unusableFile(UnusableFile)
    /// TLS did not come about.
    case tls(TLSFailure)
    /// The WebSocket did not come about, or ended.
    case webSocket(WebSocketFailure)
    /// Somebody else answered in place of an MQTT broker.
    case notMQTT(Stranger)
    /// The broker has been silent for one and a half times the keep alive, in seconds.
    case keepAliveLost(UInt16)
    /// The broker sent bytes that the standard forbids.
    case malformed(MalformedPacket)
    /// The broker sent a packet that the standard forbids at this point; the code is what we answered.
    case protocolError(ReasonCode, String)
    /// The broker closed the connection without a word soon after it had accepted us, so often in a row that another client
    /// most likely uses our identifier.
    case probablyTakenOver(clientID: String, times: Int)
    /// The broker holds a session of our client identifier that we know nothing of.
    case unknownSession(clientID: String)
    /// The exchange that should prove who we are, and who the broker is, went wrong.
    case notAuthenticated(ScramError)
    /// CONNECT cannot be sent as the configuration has it.
    case unsendable(EncodingError)
  }

  /// What we waited for in vain.
  public enum Waiting: Equatable, Sendable {
    /// The network connection.
    case network
    /// The proxy, to connect us.
    case proxy
    /// The handshake of TLS.
    case tls
    /// The answer to the request for a WebSocket.
    case webSocket
    /// CONNACK.
    case connack
  }

  /// Why it ended.
  public var reason: Reason
  /// Whom we talked to, or tried to.
  public var endpoint: Endpoint
  /// How many nanoseconds we wait before the next attempt; nil if there will be none.
  public var retryIn: Int64?

  /// An end of a connection.
  public init(_ reason: Reason, endpoint: Endpoint, retryIn: Int64? = nil) {
    self.reason = reason
    self.endpoint = endpoint
    self.retryIn = retryIn
  }
}

extension Disconnection: CustomStringConvertible {
  /// A sentence that says what happened and what to try, such as
  /// `The broker refused the connection: 135 Not authorized.`
  public var description: String { reason.sentence(about: endpoint) }
}

extension Disconnection.Reason {
  func sentence(about endpoint: Endpoint) -> String {
    switch self {
    case .requested: "Disconnected."
    case .refused(let code, let properties, let version):
      "The broker refused the connection: \(Self.words(code, properties, in: .connack, of: version))"
    case .dismissed(let code, let properties):
      "The broker ended the connection: \(Self.words(code, properties, in: .disconnect, of: .v5))"
    case .closed(wasAccepted: true):
      // Mosquitto 2.0 and every broker of 3.1.1 say no more when another client takes the identifier
      "The broker closed the connection without a word. If this repeats, it may not allow what we ask for, such as a "
        + "subscription to #, or another client may use our client identifier."
    case .probablyTakenOver(let clientID, let times):
      "The broker accepted us and closed the connection without a word \(times) times in a row. Most likely another client "
        + "uses the client identifier “\(clientID)” too, and each puts the other out. Give one of them another identifier."
    case .unknownSession(let clientID):
      "The broker keeps a session of the client identifier “\(clientID)” that this program knows nothing of; its messages "
        + "are for whoever made it. Connect with another client identifier, or once with a clean start to discard it."
    case .notAuthenticated(let error): error.description
    case .closed(wasAccepted: false):
      "\(endpoint) closed the connection without an answer: \(Self.question(about: endpoint))"
    case .unknownHost(let host): "The host name \(host) has no address: is it spelled right?"
    case .connectionRefused: "Connection refused: is a broker listening on \(endpoint)?"
    case .noSocket: "There is no socket at \(endpoint): is the broker running, and does it listen there?"
    case .timedOut(let waiting, let time): waiting.sentence(about: endpoint, after: Self.seconds(time))
    case .network(let problem): "The network failed: \(problem)\(problem.hasSuffix(".") ? "" : ".")"
    case .proxy(let failure): failure.sentence(about: endpoint)
    case .unusableFile(let file): file.sentence
    case .tls(let failure): failure.sentence(about: endpoint)
    case .webSocket(let failure): failure.sentence(about: endpoint)
    case .notMQTT(let stranger): stranger.sentence(about: endpoint)
    case .keepAliveLost(let keepAlive):
      "The broker fell silent: no answer to a ping with a keep alive of \(keepAlive) s."
    case .malformed(let packet): "The broker sent a malformed packet. \(packet)"
    case .protocolError(let code, let sentence):
      "The broker broke the protocol: \(sentence) (\(code.rawValue) \(code))."
    case .unsendable(let error): "The connection cannot be asked for: \(error)"
    }
  }

  private static func words(
    _ code: ReasonCode, _ properties: Properties, in packet: PacketType, of version: ProtocolVersion
  ) -> String {
    var text = "\(code.number(in: packet, of: version)) \(code.words(in: packet))."
    text += properties.explanation
    if let server = properties.serverReference {
      text += " It names another server, to which we go only if asked: \(server)."
    }
    switch code {
    case .sessionTakenOver: text += " Another client uses the same client identifier."
    case .badUserNameOrPassword: text += " Check the user name and the password."
    case .notAuthorized where packet == .connack:
      text += " Does it want a user and a password, are they right, and may this user connect from here?"
    case .clientIdentifierNotValid: text += " Try another client identifier."
    default: break
    }
    return text
  }

  private static func question(about endpoint: Endpoint) -> String {
    switch endpoint {
    case .tcp: "is it an MQTT broker, and does it expect TLS?"
    case .tls, .secureWebSocket: "is it an MQTT broker, and does it demand a client certificate?"
    case .webSocket, .unix: "is it an MQTT broker?"
    }
  }

  private static func seconds(_ nanoseconds: Int64) -> String {
    nanoseconds % 1_000_000_000 == 0
      ? "\(nanoseconds / 1_000_000_000) s" : "\(Double(nanoseconds / 1_000_000) / 1_000) s"
  }
}

extension Disconnection.Waiting {
  fileprivate func sentence(about endpoint: Endpoint, after time: String) -> String {
    switch self {
    case .network: "\(endpoint) did not answer within \(time): is it reachable?"
    case .proxy: "The proxy did not connect us to \(endpoint) within \(time): is the broker reachable from there?"
    case .tls:
      "\(endpoint) took the connection and did not answer in TLS within \(time): does it speak TLS on this port?"
    case .webSocket:
      "\(endpoint) took the connection and opened no WebSocket within \(time): is it a broker's WebSocket port?"
    case .connack: "\(endpoint) took the connection and did not answer within \(time): is it an MQTT broker?"
    }
  }
}

/// What happens on the way to a broker is thrown as the reason it is.
extension Disconnection.Reason: Error {}
