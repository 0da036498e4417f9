import TestSupport
import Testing

@Suite struct ScriptedServerTests {
  @Test func `a client's packets are read whole and answered byte for byte`() throws {
    let server = try ScriptedServer()
    let client = try PipedProgram("mosquitto_sub", ["-h", "127.0.0.1", "-p", "\(server.port)", "-t", "a", "-C", "1"])
    let connection = try server.accept()
    #expect(try connection.receivePacket().first == 0x10)
    try connection.send([0x20, 0x02, 0x00, 0x00])
    let subscribe = try connection.receivePacket()
    #expect(Array(subscribe.suffix(4)) == [0x00, 0x01, 0x61, 0x00])
    try connection.send([0x90, 0x03, subscribe[2], subscribe[3], 0x00])
    try connection.send([0x30, 0x05, 0x00, 0x01, 0x61, 0x68, 0x69])
    #expect(try connection.receiveUntilClosed() == [0xe0, 0x00])
    #expect(try client.finish().outputText == "hi\n")
  }

  @Test func `a reset is a reset`() throws {
    let server = try ScriptedServer()
    let client = try PipedProgram("mosquitto_pub", ["-h", "127.0.0.1", "-p", "\(server.port)", "-t", "a", "-n"])
    try server.accept().reset()
    #expect(try client.finish().status != .exited(0))
  }
}
