import Glibc

/// A mosquitto on a port of the loopback, to publish to; it ends with its owner.
final class RealBroker {
  let port: Int
  private let child: Child

  /// Starts it and returns when it accepts.
  init() throws {
    let port = 20_000 + Int(getpid()) % 20_000
    self.port = port
    let null = open("/dev/null", O_RDONLY)
    defer { close(null) }
    child = try Child("mosquitto", ["-p", "\(port)"], input: null)
    let end = Cost.read(CLOCK_MONOTONIC) + 5_000_000_000
    while !Self.accepts(port), Cost.read(CLOCK_MONOTONIC) < end { usleep(2_000) }
  }

  deinit { child.end() }

  /// Messages a second of `mosquitto_pub`, a line of its input each.
  func lines(_ count: Int, of bytes: Int, qos: UInt8) throws -> Double {
    let (name, input) = try file(of: count, lines: bytes)
    defer {
      close(input)
      unlink(name)
    }
    let topic = Packets.factoryTopic(611)
    let nanoseconds = try Cost.onWall {
      try Child("mosquitto_pub", ["-p", "\(port)", "-t", topic, "-q", "\(qos)", "-l"], input: input).wait()
    }
    return Double(count) / nanoseconds * 1e9
  }

  private func file(of count: Int, lines bytes: Int) throws -> (String, Int32) {
    let name = "/tmp/mqttscope-bench-\(getpid())"
    let file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { throw ChildError(program: name, code: errno) }
    let thousand = Array(repeating: Array(repeating: UInt8(ascii: "x"), count: bytes) + [0x0a], count: 1_000).joined()
    for _ in 0..<count / 1_000 { _ = Array(thousand).withUnsafeBytes { write(file, $0.baseAddress, $0.count) } }
    lseek(file, 0, SEEK_SET)
    return (name, file)
  }

  private static func accepts(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
