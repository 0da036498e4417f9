import MQTTClient
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Demo

/// The world on a real broker, met by the clients that others made.
struct WorldPlayerTests {
  private let broker: Mosquitto

  init() throws { broker = try Mosquitto() }

  private func whilePlaying(_ work: () throws -> Void) async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let player = WorldPlayer(World(), at: .tcp(host: "127.0.0.1", port: Int(broker.port)), on: group)
    player.start()
    defer { player.stop() }
    try work()
    player.stop()
    try await group.shutdownGracefully()
  }

  /// What a program of mosquitto-clients writes.
  private func output(of program: String, _ arguments: String...) throws -> String {
    let running = try PipedProgram(program, ["-p", "\(broker.port)", "-W", "10"] + arguments)
    return try running.finish().outputText
  }

  @Test func `a light obeys, and a question has its answer`() async throws {
    try await whilePlaying {
      #expect(try output(of: "mosquitto_sub", "-t", "home/thermostat", "-C", "1") == "{\"target\":21.0}\n")
      #expect(try output(of: "mosquitto_sub", "-t", "home/kitchen/light", "-C", "1").hasPrefix("O"))
      _ = try output(of: "mosquitto_pub", "-q", "1", "-t", "home/kitchen/light/set", "-m", "OFF")
      let answer = try output(
        of: "mosquitto_rr", "-V", "5", "-t", "home/thermostat/set", "-e", "answers/me", "-m", "24.5")
      #expect(answer == "{\"target\":24.5}\n")
      #expect(try output(of: "mosquitto_sub", "-t", "home/kitchen/light", "-C", "1") == "OFF\n")
    }
  }

  @Test func `two megabytes and a picture lie in the archive`() async throws {
    try await whilePlaying {
      let inventory = try output(of: "mosquitto_sub", "-t", "archive/inventory", "-C", "1")
      #expect(inventory.utf8.count > 2_000_000 && inventory.hasSuffix("]}\n"))
      #expect(try output(of: "mosquitto_sub", "-t", "archive/picture", "-C", "1", "-F", "%x").hasPrefix("89504e47"))
    }
  }
}
