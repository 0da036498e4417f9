import MQTTClient
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Demo

/// The world on the built-in broker, and again on mosquitto, met by the clients that others made.
struct WorldPlayerTests {
  /// What the world is played on.
  enum Place: CaseIterable, Sendable {
    case builtIn, mosquitto

    func open() throws -> any RealBroker {
      switch self {
      case .builtIn: try BuiltInBroker()
      case .mosquitto: try Mosquitto()
      }
    }
  }

  private func whilePlaying(on place: Place, _ work: (any RealBroker) throws -> Void) async throws {
    let broker = try place.open()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let player = WorldPlayer(World(), at: .tcp(host: "127.0.0.1", port: Int(broker.address.newer)), on: group)
    player.start()
    defer { player.stop() }
    try work(broker)
    player.stop()
    try await group.shutdownGracefully()
  }

  /// What a program of mosquitto-clients writes.
  private func output(of program: String, at broker: any RealBroker, _ arguments: String...) throws -> String {
    let patience = program == "mosquitto_pub" ? [] : ["-W", "30"]
    let running = try PipedProgram(program, ["-p", "\(broker.address.newer)"] + patience + arguments)
    let outcome = try running.finish(within: .seconds(60))
    #expect(outcome.status == .exited(0), "\(program): \(outcome.errorText)")
    return outcome.outputText
  }

  @Test(arguments: Place.allCases) func `a light obeys, and a question has its answer`(place: Place) async throws {
    try await whilePlaying(on: place) { broker in
      #expect(try output(of: "mosquitto_sub", at: broker, "-t", "home/thermostat", "-C", "1") == "{\"target\":21.0}\n")
      let port = "\(broker.address.newer)"
      let light = try PipedProgram("mosquitto_sub", ["-p", port, "-t", "home/kitchen/light", "-C", "2"])
      try light.wait { $0.output == Array("OFF\n".utf8) }
      _ = try output(of: "mosquitto_pub", at: broker, "-q", "1", "-t", "home/kitchen/light/set", "-m", "ON")
      let answer = try output(
        of: "mosquitto_rr", at: broker, "-V", "5", "-t", "home/thermostat/set", "-e", "answers/me", "-m", "24.5")
      #expect(answer == "{\"target\":24.5}\n")
      #expect(try light.finish().outputText == "OFF\nON\n")
    }
  }

  @Test(arguments: Place.allCases) func `wills are heard of who is put out, and of who dies`(place: Place) async throws
  {
    try await whilePlaying(on: place) { broker in
      let words = try output(of: "mosquitto_sub", at: broker, "-t", "duel/last-words", "-C", "1")
      #expect(words.hasSuffix(" was put out\n"))
      let bell = try output(of: "mosquitto_sub", at: broker, "-t", "home/doorbell/availability", "-C", "2")
      #expect(bell == "online\noffline\n")
    }
  }

  @Test(arguments: Place.allCases) func `two megabytes and a picture lie in the archive`(place: Place) async throws {
    try await whilePlaying(on: place) { broker in
      let inventory = try output(of: "mosquitto_sub", at: broker, "-t", "archive/inventory", "-C", "1")
      #expect(inventory.utf8.count > 2_000_000 && inventory.hasSuffix("]}\n"))
      #expect(
        try output(of: "mosquitto_sub", at: broker, "-t", "archive/picture", "-C", "1", "-F", "%x").hasPrefix(
          "89504e47"))
    }
  }
}
