import Crypto

/// Hashes of passwords that other programs write.
public enum PasswordHash {
  /// What mosquitto_passwd wrote behind `$6$` before: SHA-512 of password and salt, once.
  public static func older(_ password: [UInt8], salt: [UInt8]) -> [UInt8] { Array(SHA512.hash(data: password + salt)) }

  /// What mosquitto_passwd writes behind `$7$`: PBKDF2 by SHA-512, whose one block is as long as the hash.
  public static func mosquitto(_ password: [UInt8], salt: [UInt8], rounds: Int) -> [UInt8] {
    let key = SymmetricKey(data: password)
    var last = HMAC<SHA512>.authenticationCode(for: salt + [0, 0, 0, 1], using: key)
    var sum = Array(last)
    for _ in 1..<max(rounds, 1) {
      last = HMAC<SHA512>.authenticationCode(for: Array(last), using: key)
      for (index, byte) in last.enumerated() { sum[index] ^= byte }
    }
    return sum
  }
}
