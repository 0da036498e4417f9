import Explorer
import Glibc
import MQTT
import MQTTClient
import NIOCore
import NIOPosix
import Terminal

/// A flood taken in as the program does it: a client, its inbox, and a model that is refreshed and drawn between.
struct Ingest {
  /// Messages a second, on the wall.
  private(set) var perSecond = 0.0
  /// CPU time a message, without the server's.
  private(set) var nanoseconds = 0.0

  /// - Parameter tracing: What the protocol view is told; as the program has it while the view is closed, or open.
  init(of bytes: ByteBuffer, times: Int, qos: QoS, tracing: Tracing = .ours) throws {
    let messages = try Packets.views(of: bytes).count * times
    let server = try FloodServer(flood: bytes, times: times)
    let wake = try Wake()
    let inbox = Inbox { wake.signal() }
    var configuration = Configuration(.tcp(host: "127.0.0.1", port: server.port), clientID: "bench")
    configuration.subscriptions = [Subscription(filter: "#", qos: qos, retainAsPublished: true)]
    configuration.reconnection = .never
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let client = Client(configuration, inbox: inbox, on: group)
    let start = (wall: Cost.read(CLOCK_MONOTONIC), cpu: Cost.read(CLOCK_PROCESS_CPUTIME_ID), other: try server.cpu())
    client.perform(.trace(tracing))
    client.start()
    Self.take(messages, from: inbox, wake)
    perSecond = Double(messages) / Double(Cost.read(CLOCK_MONOTONIC) - start.wall) * 1e9
    let cpu = Cost.read(CLOCK_PROCESS_CPUTIME_ID) - start.cpu - (try server.cpu() - start.other)
    nanoseconds = Double(cpu) / Double(messages)
    try server.stop()
    try group.syncShutdownGracefully()
  }

  /// The loop of the program, without keys and without a terminal.
  private static func take(_ count: Int, from inbox: Inbox, _ wake: Wake) {
    var model = Model(Model.Settings(address: "bench"))
    model.size = Size(columns: 120, rows: 40)
    var events: [Event] = []
    var drawn: Int64 = 0
    var left = count
    while left > 0 {
      wake.wait()
      wake.clear()
      events.removeAll(keepingCapacity: true)
      inbox.take(into: &events)
      for event in events {
        if case .messages(let batch) = event { left -= batch.views.count }
        if case .disconnected = event { left = 0 }
        model.receive(event)
        let now = Cost.read(CLOCK_MONOTONIC)
        guard now - drawn > 30_000_000 else { continue }
        drawn = now
        model.refresh(at: Instant(wall: Cost.read(CLOCK_REALTIME), monotonic: now)) { now }
        keep(model.frame())
      }
    }
  }
}

extension Wake {
  /// Blocks until there is something to take.
  func wait() {
    var descriptor = pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&descriptor, 1, 1_000)
  }
}
