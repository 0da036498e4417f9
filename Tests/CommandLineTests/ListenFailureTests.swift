import Glibc
import MQTTBroker
import NIOCore
import Testing

@testable import mqttscope

@Suite struct ListenFailureTests {
  @Test(
    arguments: [
      (EADDRINUSE, "1883", "another program listens at port 1883"), (EACCES, "80", "below 1024"),
      (EADDRNOTAVAIL, "9.9.9.9:1883", "9.9.9.9 is no address of this machine"),
      (ENOENT, "unix:///no/such/place", "does not exist"), (EACCES, "unix:///place", "may not write"),
      (EADDRINUSE, "unix:///place", "another program listens"),
    ] as [(CInt, String, String)])
  func `an error of the system is told with what to do`(code: CInt, address: String, words: String) throws {
    let listener = try #require(Listener(address))
    #expect(ListenFailure(IOError(errnoCode: code, reason: "bind"), listener).description.contains(words))
  }
}
