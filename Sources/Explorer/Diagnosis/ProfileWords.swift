/// Sentences that name options of the command line, in the words of one who has a profile: each option by its field in the
/// form, under the label that stands there.
enum ProfileWords {
  private static let fields: [(option: String, field: ProfileField)] = [
    ("--client-id", .clientID), ("--username", .username), ("--protocol", .version), ("--keep-alive", .keepAlive),
    ("--cafile", .authorities), ("--cert", .certificate), ("--key", .key), ("--server-name", .serverName),
    ("--pin", .pin), ("--alpn", .protocols), ("--tls-min", .minimumVersion), ("--ws-header", .headers),
    ("--proxy", .proxy), ("-t FILTER", .subscriptions),
  ]
  /// What more than one option is about, or an option that has no value.
  private static let phrases = [
    (
      "It comes from the profile, MQTTSCOPE_PASSWORD, --password-file, --password-command, or the prompt.",
      "“\(ProfileField.passwordSource.label)” says where it comes from."
    ),
    ("MQTTSCOPE_KEY_PASSPHRASE, --key-passphrase-file, or the prompt", "the variable MQTTSCOPE_KEY_PASSPHRASE"),
    ("--proxy, the profile or ALL_PROXY says", "the profile or ALL_PROXY says"),
    ("--insecure", "“\(ProfileField.verifies.label)” on no"),
    ("without --persistent", "with “\(ProfileField.cleanStart.label)” on yes"),
    ("Change the option that the sentence is about, and start again.", "Change what the sentence is about."),
    ("For the next start:", "For the next connection:"),
  ]

  /// What to press for the form with those fields.
  static let way = "B, then e, changes the profile."

  static func words(_ sentence: String) -> String {
    var sentence = sentence
    for (phrase, words) in phrases { sentence.replace(phrase, with: words) }
    for (option, field) in fields where sentence.contains(option) {
      for value in [" NAME", " FILE"] { sentence.replace(option + value, with: option) }
      sentence.replace(option, with: "“\(field.label)”")
    }
    return sentence
  }
}

extension Explanation {
  /// The same for a connection of a profile.
  var inProfile: Explanation {
    var explanation = self
    explanation.what = ProfileWords.words(what)
    explanation.tries = tries.map(ProfileWords.words)
    if explanation.what != what || explanation.tries != tries { explanation.tries.append(ProfileWords.way) }
    return explanation
  }
}
