import Explorer
import MQTT

/// A profile that the command line names.
struct ProfileChoice {
  let name: String
  var profile: Profile

  /// The profile of `--profile`, or of a word that is the name of one; a word with a dot, a colon, a slash or an at sign
  /// is a place.
  static func find(
    url: String?, name: String?, in file: ProfileFile? = Folders().configuration.map(ProfileFile.init(folder:))
  ) throws(Failure) -> ProfileChoice? {
    if let name {
      guard url == nil else { throw .usage("A URL and --profile are two brokers: one of them is enough.") }
      guard let file else { throw .usage(ProfileError.noFolder.description) }
      return ProfileChoice(name: name, profile: try profile(name, in: file))
    }
    guard let url, let file, isWord(url) else { return nil }
    guard try has(url, in: file) else { return nil }
    return ProfileChoice(name: url, profile: try profile(url, in: file))
  }

  /// Refuses a word that is the name of a profile where a URL is due: its host of the same name, if there is one, is not
  /// what is meant. A file that cannot be read names nothing.
  static func refuse(
    _ url: String, in file: ProfileFile? = Folders().configuration.map(ProfileFile.init(folder:))
  ) throws(Failure) {
    guard isWord(url), let file else { return }
    let isNamed: Bool
    do { isNamed = try has(url, in: file) } catch { isNamed = false }
    guard isNamed else { return }
    throw .usage(
      "“\(url)” is a profile, which the explorer takes; here its URL is needed, or mqtt://\(url) for a host.")
  }

  private static func isWord(_ url: String) -> Bool { !url.contains { ".:/@".contains($0) } }

  /// How to begin with it; what else the command line says counts more.
  func start(_ options: ConnectionOptions, _ subscriptions: [Subscription]?) throws(Failure) -> Options.Start {
    if let option = options.givenBesideProfiles.first {
      throw .usage("\(option) goes with a URL; “\(name)” is a profile, which has a setting of its own for that.")
    }
    var profile = profile
    profile.change(
      clientID: options.clientID, username: options.username, passwordFile: options.passwordFile,
      keepAlive: options.keepAlive, version: options.version?.rawValue, subscriptions: subscriptions)
    var typed: [UInt8]?
    if !profile.hasPassword {
      typed = try Password.find(for: profile.user, at: profile.address, file: nil)
    }
    return Options.Start(BrokerOpening(name, profile), .profile(profile, password: typed))
  }

  private static func has(_ name: String, in file: ProfileFile) throws(Failure) -> Bool {
    do { return try file.hasProfile(name) } catch { throw .failed(error.description) }
  }

  private static func profile(_ name: String, in file: ProfileFile) throws(Failure) -> Profile {
    do { return try file.profile(name) } catch { throw .failed(error.description) }
  }
}
