import Dispatch
import Glibc
import Synchronization

/// A small proxy for SOCKS 5 and for CONNECT of HTTP, that carries bytes to 127.0.0.1 whatever host is asked for.
package final class ProxyServer: Sendable {
  /// What a proxy was asked.
  package enum Request: Equatable, Sendable {
    case socks(host: String, port: UInt16, user: String?, password: String?)
    case connect(String, authorization: String?)
  }

  package let port: UInt16
  private let asked = Mutex<[Request]>([])

  /// - Parameter wantsUser: whether SOCKS has to authenticate.
  package init(wantsUser: Bool = false) throws(TestSupportError) {
    let listener = try Loopback.listen()
    port = try Loopback.port(of: listener)
    let socket = try TestSupportError.check(dup(listener.number), "dup")
    // Only numbers cross between the threads: each makes the owner of its own descriptor
    DispatchQueue.global().async { [weak self] in
      let listener = Descriptor(socket)
      while listener.wait(for: Int32(POLLIN), milliseconds: 60_000) {
        let client = accept(listener.number, nil, nil)
        guard client >= 0 else { return }
        guard let self else {
          close(client)
          return
        }
        DispatchQueue.global().async {
          try? self.serve(ScriptedServer.Connection(Descriptor(client)), wantsUser: wantsUser)
        }
      }
    }
  }

  /// What was asked so far.
  package var requests: [Request] { asked.withLock { $0 } }

  private func serve(_ client: ScriptedServer.Connection, wantsUser: Bool) throws(TestSupportError) {
    let first = try client.receive(1)
    let target = first == [5] ? try greetSOCKS(client, wantsUser: wantsUser) : try greetHTTP(client, first)
    let broker = try ScriptedServer.Connection(connectingTo: target)
    if first == [5] {
      try client.send([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
    } else {
      try client.send(Array("HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n".utf8))
    }
    try ScriptedServer.Connection.relay(client, broker)
  }

  private func greetSOCKS(_ client: ScriptedServer.Connection, wantsUser: Bool) throws(TestSupportError) -> UInt16 {
    let methods = try client.receive(Int(try client.receive(1)[0]))
    var user: String?
    var password: String?
    if wantsUser {
      guard methods.contains(2) else {
        try client.send([5, 0xff])
        throw TestSupportError("no user")
      }
      try client.send([5, 2])
      _ = try client.receive(1)
      user = String(decoding: try client.receive(Int(try client.receive(1)[0])), as: UTF8.self)
      password = String(decoding: try client.receive(Int(try client.receive(1)[0])), as: UTF8.self)
      try client.send([1, password == "secret" ? 0 : 1])
    } else {
      try client.send([5, 0])
    }
    let head = try client.receive(4)
    let host: String
    switch head[3] {
    case 1: host = try client.receive(4).map(String.init).joined(separator: ".")
    case 3: host = String(decoding: try client.receive(Int(try client.receive(1)[0])), as: UTF8.self)
    default: host = try client.receive(16).map(String.init).joined(separator: ":")
    }
    let bytes = try client.receive(2)
    let port = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    asked.withLock { $0.append(.socks(host: host, port: port, user: user, password: password)) }
    return port
  }

  private func greetHTTP(_ client: ScriptedServer.Connection, _ first: [UInt8]) throws(TestSupportError) -> UInt16 {
    var head = first
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) { head += try client.receive(1) }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let target = lines[0].split(separator: " ")[1]
    let mark = "Proxy-Authorization: "
    let authorization = lines.first { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
    asked.withLock { $0.append(.connect(String(target), authorization: authorization)) }
    return UInt16(target.split(separator: ":").last ?? "") ?? 0
  }
}
