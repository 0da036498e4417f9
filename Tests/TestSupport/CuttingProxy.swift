import Dispatch
import Glibc
import MQTT
import Synchronization

/// A proxy to an MQTT server on this machine that cuts its connections at random places, in the middle of a packet or of an
/// answer, by an orderly end or by a reset.
///
/// A cut may hit all that the client reads, but the server gets to say what it says by itself when a client is back: if it
/// cannot, Mosquitto 2.0.11 forgets that it had sent PUBREL and sends PUBLISH again, which nobody can tell from a new message.
package final class CuttingProxy: Sendable {
  package let port: UInt16
  private let state: Mutex<State>
  private let listener: Int32

  private struct State {
    var random: SplitMix
    var cutsLeft: Int
    var cuts = 0
    var isOver = false
  }

  /// - Parameter bytes: how many bytes pass, in both directions together, between two cuts.
  package init(to server: UInt16, cuts: Int, every bytes: ClosedRange<Int>, seed: UInt64) throws(TestSupportError) {
    let socket = try Loopback.listen()
    port = try Loopback.port(of: socket)
    listener = dup(socket.number)
    state = Mutex(State(random: SplitMix(seed: seed), cutsLeft: cuts))
    let listener = listener
    DispatchQueue(label: "proxy").async { [self] in
      while !isOver {
        var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 50) > 0 else { continue }
        let client = accept(listener, nil, nil)
        if client >= 0 { serve(client, server, bytes) }
      }
      close(listener)
    }
  }

  /// How many connections were cut.
  package var cuts: Int { state.withLock { $0.cuts } }

  /// Ends all connections and takes no more.
  package func stop() { state.withLock { $0.isOver = true } }

  private var isOver: Bool { state.withLock { $0.isOver } }

  /// Passes bytes on until one side closes, or it is time to cut.
  private func serve(_ client: Int32, _ server: UInt16, _ bytes: ClosedRange<Int>) {
    guard let broker = try? Loopback.openDescriptor(to: server) else {
      close(client)
      return
    }
    var left = state.withLock { state in
      state.cutsLeft > 0 ? Int.random(in: bytes, using: &state.random) : Int.max
    }
    var isTalking = greet(client, broker, &left)
    while isTalking, !isOver, left > 0 {
      var entries = [client, broker].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&entries, 2, 50) > 0 else { continue }
      isTalking = entries[0].revents == 0 || pass(client, broker, &left)
      if isTalking, left > 0, entries[1].revents != 0 { isTalking = pass(broker, client, &left) }
    }
    if left <= 0 { cut(client, broker) }
    close(client)
    close(broker)
  }

  /// Passes CONNECT on, and what the server says about it once it has fallen silent; whether both still talk.
  private func greet(_ client: Int32, _ broker: Int32, _ left: inout Int) -> Bool {
    var uncounted = Int.max
    guard pass(client, broker, &uncounted) else { return false }
    var answer: [UInt8] = []
    var entry = pollfd(fd: broker, events: Int16(POLLIN), revents: 0)
    while poll(&entry, 1, answer.isEmpty ? 5_000 : 2) > 0 {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = recv(broker, &buffer, buffer.count, 0)
      guard count > 0 else { return false }
      answer += buffer[..<count]
    }
    answer = Array(answer.prefix(left))
    left -= answer.count
    return write(answer[...], to: client)
  }

  private func pass(_ source: Int32, _ target: Int32, _ left: inout Int) -> Bool {
    var buffer = [UInt8](repeating: 0, count: min(16_384, left))
    let count = recv(source, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    left -= count
    return write(buffer[..<count], to: target)
  }

  private func write(_ bytes: ArraySlice<UInt8>, to target: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  private func cut(_ client: Int32, _ broker: Int32) {
    let isAbrupt = state.withLock { state in
      state.cuts += 1
      state.cutsLeft -= 1
      return Bool.random(using: &state.random)
    }
    guard isAbrupt else { return }
    var abrupt = linger(l_onoff: 1, l_linger: 0)
    for socket in [client, broker] {
      setsockopt(socket, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
    }
  }
}
