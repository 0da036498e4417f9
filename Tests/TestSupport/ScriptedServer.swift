import Glibc

/// A server that says exactly the bytes of a test, for all that a real broker would never do.
package final class ScriptedServer {
  package let port: UInt16
  private let socket: Descriptor

  package init() throws(TestSupportError) {
    socket = try Loopback.listen()
    port = try Loopback.port(of: socket)
  }

  package var url: String { "mqtt://127.0.0.1:\(port)" }

  /// The next connection.
  package func accept(within duration: Duration = .seconds(20)) throws(TestSupportError) -> Connection {
    guard socket.wait(for: Int32(POLLIN), milliseconds: Deadline(in: duration).milliseconds()) else {
      throw TestSupportError("nobody connected within \(duration)")
    }
    return Connection(Descriptor(try TestSupportError.check(Glibc.accept(socket.number, nil, nil), "accept")))
  }

  /// One client's connection.
  package final class Connection {
    private let socket: Descriptor
    private var received: [UInt8] = []

    init(_ socket: Descriptor) {
      self.socket = socket
    }

    /// Sends bytes; does `meanwhile` as often as the client takes no more of them for the moment.
    package func send(
      _ bytes: [UInt8], within duration: Duration = .seconds(60), meanwhile: () throws(TestSupportError) -> Void = {}
    ) throws(TestSupportError) {
      let deadline = Deadline(in: duration)
      var rest = bytes[...]
      while !rest.isEmpty {
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        let count = rest.withUnsafeBytes { Glibc.send(socket.number, $0.baseAddress, $0.count, flags) }
        if count > 0 {
          rest = rest.dropFirst(count)
          continue
        }
        guard errno == EAGAIN else { throw .system("send") }
        guard !deadline.isPast else { throw TestSupportError("the client took no more bytes within \(duration)") }
        try meanwhile()
        _ = socket.wait(for: Int32(POLLOUT), milliseconds: 10)
      }
    }

    /// Sends bytes one at a time, with a pause before each; says whether the client was there to the end.
    package func trickle(_ bytes: [UInt8], every pause: Duration) throws(TestSupportError) -> Bool {
      for byte in bytes {
        let deadline = Deadline(in: pause)
        while socket.wait(for: Int32(POLLIN), milliseconds: deadline.milliseconds()) {
          guard try receiveMore(before: deadline) else { return false }
        }
        try send([byte])
      }
      return true
    }

    /// The next so many bytes.
    package func receive(_ count: Int, within duration: Duration = .seconds(20)) throws(TestSupportError) -> [UInt8] {
      let deadline = Deadline(in: duration)
      while received.count < count {
        guard try receiveMore(before: deadline) else {
          throw TestSupportError("the client closed after \(received) where \(count) bytes were due")
        }
      }
      defer { received.removeFirst(count) }
      return Array(received[..<count])
    }

    /// The next whole MQTT control packet, its fixed header included.
    package func receivePacket(within duration: Duration = .seconds(20)) throws(TestSupportError) -> [UInt8] {
      var packet = try receive(1, within: duration)
      var length = 0
      var shift = 0
      repeat {
        packet += try receive(1, within: duration)
        length |= Int(packet[packet.count - 1] & 0x7f) << shift
        shift += 7
      } while packet[packet.count - 1] & 0x80 != 0 && shift < 28
      return packet + (try receive(length, within: duration))
    }

    /// Waits for the client to close and returns the bytes it sent before.
    package func receiveUntilClosed(within duration: Duration = .seconds(20)) throws(TestSupportError) -> [UInt8] {
      let deadline = Deadline(in: duration)
      while try receiveMore(before: deadline) {}
      return received
    }

    /// Connects to a port of 127.0.0.1.
    convenience init(connectingTo port: UInt16) throws(TestSupportError) {
      self.init(try Loopback.connect(to: port))
    }

    /// Carries bytes both ways until one side closes.
    static func relay(
      _ one: Connection, _ other: Connection, while isWanted: () -> Bool = { true }
    ) throws(TestSupportError) {
      var entries = [one, other].map { pollfd(fd: $0.socket.number, events: Int16(POLLIN), revents: 0) }
      let deadline = Deadline(in: .seconds(60))
      while isWanted(), !deadline.isPast {
        guard poll(&entries, 2, 20) > 0 else { continue }
        for (from, to, entry) in [(one, other, entries[0]), (other, one, entries[1])] where entry.revents != 0 {
          guard let bytes = try from.socket.readAvailable() else { return }
          try to.send(bytes)
        }
      }
    }

    package func close() { socket.close() }

    /// Ends our side, and waits until the other one has ended its own.
    package func closeInOrder(within duration: Duration = .seconds(20)) throws(TestSupportError) {
      shutdown(socket.number, Int32(SHUT_WR))
      _ = try receiveUntilClosed(within: duration)
      socket.close()
    }

    /// Closes with a TCP reset.
    package func reset() {
      var abrupt = linger(l_onoff: 1, l_linger: 0)
      setsockopt(socket.number, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
      socket.close()
    }

    private func receiveMore(before deadline: Deadline) throws(TestSupportError) -> Bool {
      guard socket.wait(for: Int32(POLLIN), milliseconds: deadline.milliseconds()) else {
        throw TestSupportError("the client said nothing in time after \(received)")
      }
      guard let bytes = try socket.readAvailable() else { return false }
      received += bytes
      return true
    }
  }
}
