import MQTT
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import MQTTClient

/// A host name with several addresses, of both families: the first that answers is taken. Source: RFC 8305.
struct SeveralAddressesTests {
  /// The addresses of every name.
  private struct FixedResolver: Resolver {
    let four: [SocketAddress]
    let six: [SocketAddress]

    func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> { answer(four) }
    func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> { answer(six) }
    func cancelQueries() {}

    private func answer(_ addresses: [SocketAddress]) -> EventLoopFuture<[SocketAddress]> {
      MultiThreadedEventLoopGroup.singleton.next().makeSucceededFuture(addresses)
    }
  }

  private func recorder(four: [(String, UInt16)], six: [(String, UInt16)]) throws -> Recorder {
    let resolver = FixedResolver(
      four: try four.map { try SocketAddress(ipAddress: $0.0, port: Int($0.1)) },
      six: try six.map { try SocketAddress(ipAddress: $0.0, port: Int($0.1)) })
    return Recorder(.loopback(1) { $0.endpoint = .tcp(host: "broker.example", port: 1) }, resolver: resolver)
  }

  @Test func `where nobody listens at the address of IPv6, the broker is found at that of IPv4`() throws {
    let server = try ScriptedServer()
    let closed = try Loopback.freePort()
    let recorder = try recorder(four: [("127.0.0.1", closed), ("127.0.0.1", server.port)], six: [("::1", closed)])
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 3, 0, 0, 0])
    #expect(try recorder.connection().version == .v5)
  }

  @Test func `an address that does not answer holds up the next one for a moment only`() throws {
    let server = try ScriptedServer()
    let silent = try FullServer()
    let recorder = try recorder(four: [("127.0.0.1", silent.port), ("127.0.0.1", server.port)], six: [])
    let connection = try server.accept(within: .seconds(5))  // the time for the connection is 10 s
    _ = try connection.receivePacket()
    try connection.send([0x20, 3, 0, 0, 0])
    #expect(try recorder.connection().version == .v5)
  }

  @Test func `when all fail, the address that refused tells more than one that no way leads to`() throws {
    let closed = try Loopback.freePort()
    let recorder = try recorder(four: [("255.255.255.255", 1), ("127.0.0.1", closed)], six: [])
    #expect(try recorder.disconnection().reason == .connectionRefused)
  }
}
