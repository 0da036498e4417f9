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

extension Target {
  /// The command that gives the password, if one does.
  var passwordCommand: String? {
    switch self {
    case .configuration: nil
    case .profile(let profile, _): if case .command(let command) = profile.password { command } else { nil }
    case .moved(let target, _): target.passwordCommand
    }
  }
}
