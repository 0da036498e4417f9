import Dispatch
import MQTT
import MQTTClient
import NIOPosix
import TestSupport
import Testing

/// Two clients of one identifier at a real broker, which tells the one that goes nothing.
struct DuelTests {
  @Test(arguments: ProtocolVersion.allCases)
  func `one of two clients that put each other out gives way, and the other stays`(version: ProtocolVersion) throws {
    let broker = try Mosquitto()
    let configuration = Configuration.loopback(broker.port, version) {
      $0.reconnection = .backoff(Backoff(first: .milliseconds(20), longest: .milliseconds(20)))
    }
    let arrived = DispatchSemaphore(value: 0)
    let inboxes = (0..<2).map { _ in Inbox { arrived.signal() } }
    let clients = inboxes.map { Client(configuration, inbox: $0, on: MultiThreadedEventLoopGroup.singleton) }
    for client in clients { client.start() }
    defer { for client in clients { client.perform(.disconnect(.success, [])) } }
    var isConnected = [false, false]
    var loser: Int?
    func take() {
      for (number, inbox) in inboxes.enumerated() {
        var events: [Event] = []
        inbox.take(into: &events)
        for event in events {
          switch event {
          case .connected: isConnected[number] = true
          case .disconnected(let end):
            isConnected[number] = false
            guard end.retryIn == nil else { continue }
            #expect(end.reason == .probablyTakenOver(clientID: "c", times: 3) && loser == nil)
            loser = number
          default: continue
          }
        }
      }
    }
    func takeMore() throws {
      try #require(arrived.wait(timeout: .now() + .seconds(10)) == .success)
      take()
    }
    while loser == nil { try takeMore() }
    take()  // the one that stays may have been put out before, too, and has said so by now
    while !isConnected.contains(true) { try takeMore() }
    let number = try #require(loser)
    clients[number].perform(.rename("d"))
    while !isConnected[number] {
      try #require(arrived.wait(timeout: .now() + .seconds(10)) == .success)
      var events: [Event] = []
      inboxes[number].take(into: &events)
      for case .connected(let facts) in events { isConnected[number] = facts.clientID == "d" }
    }
    var events: [Event] = []
    inboxes[1 - number].take(into: &events)
    for case .disconnected(let end) in events { Issue.record("\(end)") }
  }
}
