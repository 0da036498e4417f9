import Explorer
import Glibc
import MQTT
import MQTTClient
import NIOCore
import Terminal
import TopicStore

/// The explorer's model with 200,000 open topics, and messages that change what is on the screen.
@MainActor
final class Rehearsal {
  private var model = Model(Model.Settings(address: "bench"))
  private let bytes: ByteBuffer
  private let views: [PublishView]
  private var now = Instant(wall: 1_800_000_000_000_000_000, monotonic: 0)
  private var next = 0

  init() throws {
    bytes = try Shop.largePackets()
    views = try Packets.views(of: bytes)
    model.size = Size(columns: 200, rows: 60)
    receive(views)
    refresh()
    model.store.setOpenBelow(true, nil)
  }

  /// What a frame costs in microseconds, drawing included and the terminal not.
  func frames(_ count: Int) -> Double {
    var total = 0.0
    for _ in 0..<count {
      receive(nextViews())
      total += Cost.ofThread {
        refresh()
        keep(model.frame())
      }
    }
    return total / Double(count) / 1_000
  }

  /// What a terminal costs a frame in microseconds.
  func presentations(_ count: Int) throws -> Double {
    let stage = try Stage(columns: 200, rows: 60)
    defer { stage.leave() }
    let screen = try NcursesScreen(mouse: false)
    defer { screen.close() }
    var total = 0.0
    for _ in 0..<count {
      receive(nextViews())
      refresh()
      let frame = model.frame()
      total += Cost.ofThread { screen.present(frame) }
    }
    return total / Double(count) / 1_000
  }

  private func nextViews() -> [PublishView] {
    next = (next + 1_600) % (views.count - 1_600)
    return Array(views[..<64] + views[next..<next + 1_600])
  }

  private func receive(_ views: [PublishView]) {
    model.receive(.messages(MessageBatch(buffer: bytes, views: views, receivedAt: now.wall, version: .v5)))
  }

  private func refresh() {
    now.wall += 30_000_000
    now.monotonic += 30_000_000
    model.refresh(at: now) { now.monotonic }
  }
}
