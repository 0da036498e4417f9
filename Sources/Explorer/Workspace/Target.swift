import MQTTClient

/// What a client is made from.
package indirect enum Target: Equatable, Sendable {
  /// A URL and the options of the command line.
  case configuration(Configuration)
  /// A profile; the password is what the person typed, if it names no source of it.
  case profile(Profile, password: [UInt8]?)
  /// The same at another server, which the first one named in its place.
  case moved(Target, to: Endpoint)
}
