import Demo
import MQTTClient
import NIOCore
import NIOPosix
import TestSupport

/// The demo's world on a mosquitto, until it is stopped.
final class PlayedWorld {
  let broker: Mosquitto
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let player: WorldPlayer

  init() throws {
    broker = try Mosquitto()
    player = WorldPlayer(World(), at: .tcp(host: "127.0.0.1", port: Int(broker.port)), on: group)
    player.start()
  }

  func stop() {
    player.stop()
    group.shutdownGracefully { _ in }
  }
}
