import Crypto

/// Hashes of passwords that other programs write.
public enum PasswordHash {
  /// What mosquitto_passwd wrote behind `$6$` before: SHA-512 of password and salt, once.
  public static func older(_ password: [UInt8], salt: [UInt8]) -> [UInt8] { Array(SHA512.hash(data: password + salt)) }

  /// What mosquitto_passwd writes behind `$7$`: PBKDF2 by SHA-512.
  public static func mosquitto(_ password: [UInt8], salt: [UInt8], rounds: Int) -> [UInt8] {
    PasswordDerivation<SHA512>.key(of: password, salt: salt, rounds: rounds)
  }
}
