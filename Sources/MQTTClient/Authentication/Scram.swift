import Secrets

/// The client's side of one SCRAM-SHA-256 exchange, without channel binding.
///
///     client → server   n,,n=user,r=nonce
///     server → client   r=nonce and more,s=salt,i=rounds
///     client → server   c=biws,r=nonce and more,p=proof
///     server → client   v=signature
///
/// Source: RFC 5802, RFC 7677.
struct Scram: Equatable, Sendable {
  private enum State: Equatable {
    case challenged
    case answered(signature: [UInt8])
    case proven
  }

  /// What the client says first.
  let first: [UInt8]
  private let bareFirst: String
  private let nonce: String
  private let password: [UInt8]
  private var state = State.challenged

  /// Too few rounds make a stolen exchange easy to guess from; too many would hold everything up.
  private static let rounds = 4_096...1_000_000
  private static let header = "n,,"

  init(username: String, password: [UInt8], nonce: String) {
    let name = username.flatMap { $0 == "=" ? "=3D" : $0 == "," ? "=2C" : String($0) }
    bareFirst = "n=\(String(name)),r=\(nonce)"
    first = Array((Self.header + bareFirst).utf8)
    self.nonce = nonce
    self.password = password
  }

  /// Whether the server has proven that it knows the password.
  var isProven: Bool { state == .proven }

  /// Takes a message of the server in; what to answer, or nil if nothing is left to say.
  mutating func receive(_ message: [UInt8]) throws(ScramError) -> [UInt8]? {
    guard let text = String(validating: message, as: UTF8.self) else { throw .malformed("it is not text") }
    switch state {
    case .challenged: return try answer(text)
    case .answered(let signature):
      try check(text, signature)
      state = .proven
      return nil
    case .proven: throw .malformed("it says more than there is to say")
    }
  }

  private mutating func answer(_ challenge: String) throws(ScramError) -> [UInt8] {
    let fields = try Self.fields(challenge, named: ["r", "s", "i"])
    let (together, salt) = (fields[0], ScramKeys.bytes(base64: fields[1]))
    guard together.hasPrefix(nonce), together.utf8.count > nonce.utf8.count else {
      throw .malformed("its nonce is not ours continued")
    }
    guard let salt, !salt.isEmpty else { throw .malformed("its salt is not base64") }
    guard let rounds = Int(fields[2]), Self.rounds.contains(rounds) else { throw .rounds(fields[2]) }
    let salted = ScramKeys.salted(password, salt: salt, rounds: rounds)
    let withoutProof = "c=\(ScramKeys.base64(Array(Self.header.utf8))),r=\(together)"
    let exchange = Array("\(bareFirst),\(challenge),\(withoutProof)".utf8)
    let clientKey = ScramKeys.client(salted)
    let proof = zip(clientKey, ScramKeys.mac(exchange, ScramKeys.hash(clientKey))).map { $0 ^ $1 }
    state = .answered(signature: ScramKeys.mac(exchange, ScramKeys.server(salted)))
    return Array("\(withoutProof),p=\(ScramKeys.base64(proof))".utf8)
  }

  private func check(_ last: String, _ signature: [UInt8]) throws(ScramError) {
    if last.hasPrefix("e=") { throw .refused(String(last.dropFirst(2))) }
    let fields = try Self.fields(last, named: ["v"])
    guard let given = ScramKeys.bytes(base64: fields[0]) else { throw .malformed("its signature is not base64") }
    guard given == signature else { throw .wrongSignature }
  }

  /// The values of attributes that must come in this order; what follows them is for extensions.
  private static func fields(_ text: String, named names: [String]) throws(ScramError) -> [String] {
    switch ScramKeys.fields(text, named: names) {
    case .success(let values): return values
    case .failure(let missing): throw .malformed("it lacks \(missing.name)=")
    }
  }
}
