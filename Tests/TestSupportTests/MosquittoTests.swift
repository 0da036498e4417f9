import TestSupport
import Testing

@Suite struct MosquittoTests {
  private let hello = ["-h", "127.0.0.1", "-t", "test/hello"]

  @Test func `a message goes through the broker`() throws {
    let broker = try Mosquitto()
    let port = ["-p", "\(broker.port)"]
    let published = try PipedProgram.run("mosquitto_pub", hello + port + ["-m", "hi", "-r"])
    #expect(published.status == .exited(0))
    let seen = try PipedProgram.run("mosquitto_sub", hello + port + ["-C", "1", "-W", "5"])
    #expect(seen.outputText == "hi\n")
    #expect(try broker.log.contains("New client connected"))
  }

  @Test func `a killed broker comes back on its port`() throws {
    let broker = try Mosquitto()
    try broker.kill()
    #expect(try PipedProgram.run("mosquitto_pub", hello + ["-p", "\(broker.port)", "-n"]).status == .exited(1))
    try broker.start()
    #expect(try PipedProgram.run("mosquitto_pub", hello + ["-p", "\(broker.port)", "-n"]).status == .exited(0))
  }

  @Test func `the configuration is the test's own`() throws {
    let broker = try Mosquitto { folder in
      ["allow_anonymous false", "acl_file \(try folder.write("topic read #\n", to: "acl"))"]
    }
    let refused = try PipedProgram.run("mosquitto_pub", hello + ["-p", "\(broker.port)", "-n"])
    #expect(refused.status == .exited(5))
  }

  @Test func `a configuration with an error is said`() {
    let error = #expect(throws: TestSupportError.self) { try Mosquitto { _ in ["no_such_option true"] } }
    #expect(error?.description.contains("no_such_option") == true)
  }
}
