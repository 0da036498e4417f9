import MQTT
import MQTTClient
import NIOCore

/// From a profile to a connection: the one place that knows what the client can do.
///
/// What a profile says of TLS, WebSocket and proxies is read and kept; `notSupported` names what the client cannot do
/// yet, so that no connection is made that is less safe than the profile asks for.
extension Profile {
  /// The configuration of a client.
  ///
  /// - Parameter password: What `password` leads to, or what the person typed.
  func configuration(password: [UInt8]?) throws(ProfileError) -> Configuration {
    let place: BrokerURL
    do { place = try BrokerURL(url) } catch { throw .url(error) }
    if let what = notSupported.first { throw .notSupported(what) }
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
    return configuration
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
    do { return try BrokerURL(url).endpoint.description } catch { return url }
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

  /// What the profile asks for that the client cannot do, in sentences.
  private var notSupported: [String] {
    var missing: [String] = []
    if tls != ProfileTLS() { missing.append("TLS") }
    if !headers.isEmpty { missing.append("headers of WebSocket") }
    if proxy != nil { missing.append("proxies") }
    return missing.map { "The profile asks for \($0), which this version does not support yet; nothing was connected." }
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
