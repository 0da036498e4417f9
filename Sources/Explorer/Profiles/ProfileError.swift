import MQTTClient

/// Why the configuration was not changed, or a profile not connected.
package enum ProfileError: Error, Equatable {
  case file(FileError)
  /// The environment names no place for a configuration.
  case noFolder
  case unreadable(ProfileProblem)
  case nameTaken(String)
  /// There is no profile of this name, or no more.
  case gone(String)
  /// What would have been written does not say what was meant.
  case notAsMeant
  case url(BrokerURLError)
  /// The settings are for TLS, which the URL is without.
  case tlsWithout(Endpoint)
  /// This is not the SHA-256 of a certificate.
  case pin(String)
  /// There is no such version of TLS here.
  case version(String)
  case proxy(ProxyURLError)
  /// The URL holds a password, which the screen would show.
  case passwordInURL
  /// A session is to be kept, and there is no client identifier to find it by.
  case nobodysSession
  /// The client identifier or the user name cannot be sent.
  case text(String)
  /// The file would be larger than what is read of one, in bytes.
  case tooLarge(limit: Int)
  /// The profile is not what it was when the form of it was opened.
  case changedMeanwhile(String)
  case broken(String)
  case password(String)
  /// The password command was ended before it had given one.
  case passwordGivenUp
}

extension ProfileError: CustomStringConvertible {
  /// A sentence for the person.
  package var description: String {
    switch self {
    case .file(let error): error.description
    case .noFolder: "There is no folder for a configuration: neither XDG_CONFIG_HOME nor HOME names one."
    case .unreadable(let problem):
      "Nothing was written, because the configuration cannot be read: \(problem.words(file: ProfileFile.name))"
    case .nameTaken(let name): "There is a profile “\(name)” already: choose another name."
    case .gone(let name): "There is no profile “\(name)” in the configuration."
    case .notAsMeant:
      "Nothing was written: the profile is written in a way that only an editor can change; o opens the file in $EDITOR."
    case .url(let error): error.description
    case .tlsWithout(let endpoint):
      "The profile has settings for TLS, and \(endpoint) is without: write mqtts:// or wss:// in its url."
    case .pin(let text): "“\(text)” is not a SHA-256: that is 64 hexadecimal digits, with or without colons."
    case .version(let text): "“\(text)” is not a version of TLS that is spoken: write 1.2 or 1.3."
    case .proxy(let error): "The proxy of the profile: \(error)"
    case .passwordInURL:
      "The url of the profile holds a password: take it out, and say where the password comes from with password_file, "
        + "password_command or password_env."
    case .nobodysSession:
      "A session is found again by the client identifier: give the profile a client_id, or leave out clean_start = false "
        + "and session_expiry."
    case .text(let sentence), .broken(let sentence): sentence
    case .tooLarge(let limit):
      "Nothing was written: with this profile the configuration would be larger than \(limit) bytes, which is the most."
    case .changedMeanwhile(let name):
      "“\(name)” was changed elsewhere since it was opened here. To write over that, save again; Esc leaves it as it is."
    case .password(let sentence): sentence
    case .passwordGivenUp: "The password command was ended before it had given a password."
    }
  }
}
