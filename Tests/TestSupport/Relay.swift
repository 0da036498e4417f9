import Dispatch
import Glibc
import Synchronization

/// Carries the bytes of one connection from a client to a server of this machine, until it is cut off without a word, as
/// somebody who trips over the cable does.
package final class Relay: Sendable {
  /// Where to listen or connect on this machine.
  package enum Place: Sendable {
    case port(UInt16)
    /// A Unix domain socket.
    case path(String)
  }

  /// Where the client finds it: a port if the server has one, else a path.
  package let place: Place
  private let folder: TemporaryFolder
  private let isCut = Mutex(false)

  package init(to server: Place) throws(TestSupportError) {
    folder = try TemporaryFolder()
    let listener: Descriptor
    switch server {
    case .port:
      listener = try Loopback.listen()
      place = .port(try Loopback.port(of: listener))
    case .path:
      let path = "\(folder.path)/relay"
      listener = try Loopback.listen(path: path)
      place = .path(path)
    }
    let socket = try TestSupportError.check(dup(listener.number), "dup")
    DispatchQueue(label: "relay").async { [self] in
      let listener = Descriptor(socket)
      while !isCut.withLock({ $0 }) {
        guard listener.wait(for: Int32(POLLIN), milliseconds: 20) else { continue }
        let client = ScriptedServer.Connection(Descriptor(accept(listener.number, nil, nil)))
        serve(client, server)
        return
      }
    }
  }

  /// Ends both connections by a reset.
  package func cut() { isCut.withLock { $0 = true } }

  private func serve(_ client: ScriptedServer.Connection, _ place: Place) {
    guard let server = try? Loopback.connect(to: place) else { return }
    try? ScriptedServer.Connection.relay(client, server) { !isCut.withLock { $0 } }
    client.reset()
    server.reset()
  }
}
