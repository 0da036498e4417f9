import Glibc
import Synchronization

/// Sockets on 127.0.0.1.
package enum Loopback {
  /// How many connections may wait to be accepted; Linux lets one more wait.
  static let backlog: Int32 = 16

  /// A socket that listens on a port of the kernel's choice, or on the one given.
  static func listen(port: UInt16 = 0) throws(TestSupportError) -> Descriptor {
    let socket = try bind(port: port)
    _ = try TestSupportError.check(Glibc.listen(socket.number, backlog), "listen")
    return socket
  }

  private static func bind(port: UInt16) throws(TestSupportError) -> Descriptor {
    let socket = try newSocket()
    var yes: Int32 = 1
    setsockopt(socket.number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    let bound = withAddress(port: port) { Glibc.bind(socket.number, $0, $1) }
    _ = try TestSupportError.check(bound, "bind to port \(port)")
    return socket
  }

  /// A Unix domain socket that listens at a path.
  static func listen(path: String) throws(TestSupportError) -> Descriptor {
    let socket = try newSocket(AF_UNIX)
    let bound = try withAddress(path: path) { Glibc.bind(socket.number, $0, $1) }
    _ = try TestSupportError.check(bound, "bind to \(path)")
    _ = try TestSupportError.check(Glibc.listen(socket.number, backlog), "listen")
    return socket
  }

  static func port(of socket: Descriptor) throws(TestSupportError) -> UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutableBytes(of: &address) {
      getsockname(socket.number, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
    }
    _ = try TestSupportError.check(result, "getsockname")
    return UInt16(bigEndian: address.sin_port)
  }

  /// A port on which nobody listens, given to one asker alone. It is none that the system gives to sockets that connect, or
  /// one of those that other tests make might have it before its asker has.
  package static func freePort() throws(TestSupportError) -> UInt16 {
    for _ in ports {
      let port = nextPort.withLock { next in
        defer { next = next + 1 < ports.upperBound ? next + 1 : ports.lowerBound }
        return next
      }
      // Without listening: a child that is just being started has the socket too, and would accept for a moment
      if (try? bind(port: port)) != nil { return port }
    }
    throw TestSupportError("no port of \(ports) is free")
  }

  /// Below those of Linux for sockets that connect, `ip_local_port_range`.
  private static let ports: Range<UInt16> = 12_000..<32_000
  private static let nextPort = Mutex(UInt16.random(in: ports))

  /// Whether somebody listens on the port.
  package static func accepts(port: UInt16) -> Bool {
    guard let socket = try? newSocket() else { return false }
    return withAddress(port: port) { Glibc.connect(socket.number, $0, $1) } == 0
  }

  /// A connection to a port.
  static func connect(to port: UInt16) throws(TestSupportError) -> Descriptor {
    let socket = try newSocket()
    let made = withAddress(port: port) { Glibc.connect(socket.number, $0, $1) }
    _ = try TestSupportError.check(made, "connect to port \(port)")
    return socket
  }

  /// A connection to a port or a path, made by the test and not by the program under test.
  static func connect(to place: Relay.Place) throws(TestSupportError) -> ScriptedServer.Connection {
    switch place {
    case .port(let port): return try connect(port: port)
    case .path(let path):
      let socket = try newSocket(AF_UNIX)
      let made = try withAddress(path: path) { Glibc.connect(socket.number, $0, $1) }
      _ = try TestSupportError.check(made, "connect to \(path)")
      return ScriptedServer.Connection(socket)
    }
  }

  /// A connection to a port of this machine, made by the test and not by the program under test.
  package static func connect(port: UInt16) throws(TestSupportError) -> ScriptedServer.Connection {
    ScriptedServer.Connection(try connect(to: port))
  }

  /// The descriptor of a connection to a port that sends at once what is written; its owner closes it.
  static func openDescriptor(to port: UInt16) throws(TestSupportError) -> Int32 {
    let socket = try connect(to: port)
    var yes: Int32 = 1
    setsockopt(socket.number, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    return try TestSupportError.check(dup(socket.number), "dup")
  }

  /// How many descriptors of this process are connected to a port; those that the other side has reset are not seen.
  package static func connections(to port: UInt16) -> Int {
    (Int32(0)..<16_384).count { descriptor in
      var address = sockaddr_in()
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let result = withUnsafeMutableBytes(of: &address) {
        getpeername(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
      }
      return result == 0 && address.sin_family == sa_family_t(AF_INET) && address.sin_port == port.bigEndian
    }
  }

  private static func newSocket(_ family: Int32 = AF_INET) throws(TestSupportError) -> Descriptor {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    return Descriptor(try TestSupportError.check(socket(family, type, 0), "socket"))
  }

  private static func withAddress(
    path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws(TestSupportError) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw TestSupportError("\(path) is too long for a socket")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }

  private static func withAddress(port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}
