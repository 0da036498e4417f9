import Glibc

import MQTTClient

/// Where passwords come from: a file, a program, the environment, or a person at the terminal; never from the command
/// line.
enum Password {
  static let variable = "MQTTSCOPE_PASSWORD"
  static let passphraseVariable = "MQTTSCOPE_KEY_PASSPHRASE"

  /// The password of a user, or nil if there is none to be had.
  static func find(
    for username: String?, at place: String, file: String?, command: String? = nil
  ) throws(Failure) -> [UInt8]? {
    guard file == nil || command == nil else {
      throw .usage("The password comes from one place: --password-file or --password-command.")
    }
    guard let username else {
      // [MQTT-3.1.2-22] of 3.1.1
      guard file == nil, command == nil else { throw .usage("A password needs a user: add --username.") }
      return nil
    }
    if let file { return try read(file) }
    if let command { return try PasswordCommand.run(command) }
    if let value = getenv(variable) { return Array(String(cString: value).utf8) }
    guard let terminal = TerminalPrompt() else { return nil }
    let answer = try terminal.askUnseen("Password for \(username) at \(place): ")
    return answer.isEmpty ? nil : answer
  }

  /// The passphrase of the private key; a person is asked only if the key is encrypted.
  static func passphrase(for tls: TLS, file: String?) throws(Failure) -> [UInt8]? {
    if let file { return try read(file) }
    if let value = getenv(passphraseVariable) { return Array(String(cString: value).utf8) }
    guard tls.lacksPassphrase, let terminal = TerminalPrompt() else { return nil }
    let answer = try terminal.askUnseen("Passphrase of the key \(tls.privateKey ?? tls.certificate ?? ""): ")
    return answer.isEmpty ? nil : answer
  }

  private static func read(_ path: String) throws(Failure) -> [UInt8] {
    var password = try InputFile.read(path, limit: 65_535)
    if password.last == UInt8(ascii: "\n") { password.removeLast() }
    guard !password.isEmpty else { throw .failed("The password file \(path) is empty.") }
    return password
  }
}
