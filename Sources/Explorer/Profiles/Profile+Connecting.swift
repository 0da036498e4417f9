import MQTT
import MQTTClient
import NIOCore
import Terminal

/// From a profile to a connection.
extension Profile {
  /// The configuration of a client.
  ///
  /// - Parameters:
  ///   - password: What `password` leads to, or what the person typed.
  ///   - variable: A variable of the environment, for what a profile leaves to it.
  func configuration(
    password: [UInt8]?, variable: @escaping (String) -> String? = { Environment[$0] }
  ) throws(ProfileError) -> Configuration {
    let place: BrokerURL
    do { place = try BrokerURL(url) } catch { throw error == .password ? .passwordInURL : .url(error) }
    guard !leavesSessions else { throw .nobodysSession }
    for filter in subscriptions.map(\.filter) {
      do { _ = try TopicFilter(filter) } catch { throw .text("The subscription “\(filter)” of the profile: \(error)") }
    }
    if let topic = will?.topic {
      do { try TopicName.validate(topic) } catch { throw .text("The will topic “\(topic)” of the profile: \(error)") }
    }
    for (key, text) in [("client_id", clientID), ("username", username ?? place.username)] {
      if let problem = text.flatMap(ConnectText.problem) { throw .text("The \(key) of the profile \(problem)") }
    }
    var configuration = Configuration(place.endpoint)
    if let clientID { configuration.clientID = clientID }
    configuration.username = username ?? place.username
    configuration.password = password
    configuration.protocolChoice =
      switch version ?? .automatic {
      case .automatic: .automatic
      case .v5: .only(.v5)
      case .v3_1_1: .only(.v3_1_1)
      }
    if let cleanStart { configuration.cleanStart = cleanStart }
    if let keepAlive { configuration.keepAlive = keepAlive }
    if let sessionExpiry { configuration.properties.append(.sessionExpiryInterval(sessionExpiry)) }
    configuration.will = will.map(\.will)
    configuration.subscriptions = subscriptions.isEmpty ? Self.everything : subscriptions
    if place.endpoint.isSecure {
      configuration.tls = try tls.forClient(variable)
    } else if tls != ProfileTLS() {
      throw .tlsWithout(place.endpoint)
    }
    configuration.webSocketHeaders = headers.map { WebSocketHeader($0.name, $0.value) }
    if let host = place.endpoint.address?.host {
      do { configuration.proxy = try ProxyChoice(proxy, variable: variable).proxy(for: host) } catch {
        throw .proxy(error)
      }
    }
    return configuration
  }

  /// Each connection would leave a session at the broker that nobody finds again.
  var leavesSessions: Bool {
    guard clientID?.isEmpty ?? true else { return false }
    return cleanStart == false || sessionExpiry ?? 0 > 0
  }

  /// What is subscribed to when nothing is said: everything, and the broker's own topics.
  package static let everything = ["#", "$SYS/#"].map {
    Subscription(filter: $0, retainAsPublished: true)  // so that ◆ is what the broker said
  }

  /// The user that the profile names, in a setting or in the URL.
  package var user: String? {
    if let username { return username }
    do { return try BrokerURL(url).username } catch { return nil }
  }

  /// The broker as people write it; the URL as it is when it is none.
  package var address: String {
    do { return try BrokerURL(url).endpoint.description } catch {
      guard error == .password, let at = url.lastIndex(of: "@") else { return url }
      return "•••" + url[at...]  // what stands before it is nobody's to read
    }
  }

  package var hasPassword: Bool { password != nil }

  /// What the command line says counts more.
  package mutating func change(
    clientID: String?, username: String?, passwordFile: String?, keepAlive: UInt16?, version: String?,
    subscriptions: [Subscription]?
  ) {
    if let clientID { self.clientID = clientID }
    if let username { self.username = username }
    if let passwordFile { password = .file(passwordFile) }
    if let keepAlive { self.keepAlive = keepAlive }
    if let version = version.flatMap(Version.init(rawValue:)) { self.version = version }
    if let subscriptions { self.subscriptions = subscriptions }
  }
}

extension ProfileTLS {
  /// The passphrase of a key is not written down: the environment has it.
  private static var passphraseVariable: String { "MQTTSCOPE_KEY_PASSPHRASE" }

  func forClient(_ variable: (String) -> String?) throws(ProfileError) -> TLS {
    var settings = TLS()
    settings.certificateAuthorities = authorities
    settings.certificate = certificate
    settings.privateKey = key
    settings.passphrase = variable(Self.passphraseVariable).map { Array($0.utf8) }
    settings.serverName = serverName
    settings.applicationProtocols = protocols
    settings.keyLog = variable("SSLKEYLOGFILE")
    if verifies == false { settings.verification = .none }
    if let pin {
      guard let fingerprint = Fingerprint(pin) else { throw .pin(pin) }
      settings.verification = .pinned([fingerprint])
    }
    if let minimumVersion {
      guard let version = TLS.Version(rawValue: minimumVersion) else { throw .version(minimumVersion) }
      settings.minimumVersion = version
    }
    return settings
  }
}

extension ProfileWill {
  /// The will as CONNECT carries it.
  fileprivate var will: Will {
    Will(
      topic: topic, payload: ByteBuffer(string: payload), qos: qos, isRetained: isRetained,
      properties: delay.map { [.willDelayInterval($0)] } ?? [])
  }
}
