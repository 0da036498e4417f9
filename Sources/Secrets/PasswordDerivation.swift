import Crypto

/// PBKDF2 of RFC 8018 whose one block is as long as the hash, which is `Hi` of RFC 5802, section 2.2, too.
///
/// Of our own, since the library that has it brings all of Foundation, which is more than a start may take.
enum PasswordDerivation<Hash: HashFunction> {
  static func key(of password: [UInt8], salt: [UInt8], rounds: Int) -> [UInt8] {
    let key = SymmetricKey(data: password)
    var last = HMAC<Hash>.authenticationCode(for: salt + [0, 0, 0, 1], using: key)
    var sum = Array(last)
    for _ in 1..<max(rounds, 1) {
      last = HMAC<Hash>.authenticationCode(for: Array(last), using: key)
      for (index, byte) in last.enumerated() { sum[index] ^= byte }
    }
    return sum
  }
}
