import NIOCore

/// The handshake of SOCKS 5, RFC 1928, with user and password, RFC 1929. Names are given to the proxy to look up.
struct SOCKSOpening: Opening {
  private enum State: Equatable { case greeted, authenticating, requested }

  let waiting = Disconnection.Waiting.proxy
  private let proxy: Proxy
  private let credentials: [UInt8]?
  private let request: [UInt8]
  private var state = State.greeted

  init(_ proxy: Proxy, host: String, port: Int) throws(Disconnection.Reason) {
    self.proxy = proxy
    let user = proxy.username.map { Array($0.utf8) }
    let password = Array((proxy.password ?? "").utf8)
    let name = Array(host.utf8)
    guard (1...255).contains(name.count), user.map({ (1...255).contains($0.count) }) ?? true, password.count <= 255
    else { throw .proxy(ProxyFailure(proxy, .unsendable)) }
    credentials = user.map { [1, UInt8($0.count)] + $0 + [UInt8(password.count)] + password }
    let address: [UInt8] =
      switch IPAddress.bytes(of: host) {
      case let bytes? where bytes.count == 4: [1] + bytes
      case let bytes?: [4] + bytes
      case nil: [3, UInt8(name.count)] + name
      }
    request = [5, 1, 0] + address + [UInt8(truncatingIfNeeded: port >> 8), UInt8(truncatingIfNeeded: port)]
  }

  func start() -> [UInt8] { credentials == nil ? [5, 1, 0] : [5, 2, 0, 2] }

  mutating func receive(_ bytes: inout ByteBuffer) -> OpeningStep {
    guard let first = bytes.readableBytesView.first else { return .needMore }
    guard first == (state == .authenticating ? 1 : 5) else { return failed(.notAProxy) }
    switch state {
    case .greeted: return chosen(&bytes)
    case .authenticating: return authenticated(&bytes)
    case .requested: return answered(&bytes)
    }
  }

  func closed(after bytes: ByteBuffer) -> Disconnection.Reason { .proxy(ProxyFailure(proxy, .closed)) }

  /// The proxy chose a method of authentication.
  private mutating func chosen(_ bytes: inout ByteBuffer) -> OpeningStep {
    guard let answer = bytes.readBytes(length: 2) else { return .needMore }
    switch (answer[1], credentials) {
    case (0, _):
      state = .requested
      return .say(request)
    case (2, let credentials?):
      state = .authenticating
      return .say(credentials)
    default: return failed(credentials == nil ? .credentialsWanted : .credentialsRefused)
    }
  }

  private mutating func authenticated(_ bytes: inout ByteBuffer) -> OpeningStep {
    guard let answer = bytes.readBytes(length: 2) else { return .needMore }
    guard answer[1] == 0 else { return failed(.credentialsRefused) }
    state = .requested
    return .say(request)
  }

  /// The answer to the request carries an address, which says nothing to us.
  private func answered(_ bytes: inout ByteBuffer) -> OpeningStep {
    let view = bytes.readableBytesView
    guard let code = view.dropFirst().first else { return .needMore }
    guard code == 0 else { return failed(.socks(code)) }
    guard let kind = view.dropFirst(3).first, let next = view.dropFirst(4).first else { return .needMore }
    let length: Int
    switch kind {
    case 1: length = 4
    case 3: length = 1 + Int(next)
    case 4: length = 16
    default: return failed(.notAProxy)
    }
    return bytes.readBytes(length: 4 + length + 2) == nil ? .needMore : .finished
  }

  private func failed(_ fault: ProxyFailure.Fault) -> OpeningStep { .failed(.proxy(ProxyFailure(proxy, fault))) }
}
