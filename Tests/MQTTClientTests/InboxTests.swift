import MQTT
import NIOCore
import Synchronization
import Testing

@testable import MQTTClient

struct InboxTests {
  private final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func increment() { value.withLock { $0 += 1 } }
  }

  private func batch(_ size: Int) -> Event {
    .messages(MessageBatch(buffer: ByteBuffer(repeating: 0, count: size), views: [], receivedAt: 0, version: .v5))
  }

  @Test func `many posts wake once, until they are taken`() {
    let wakes = Counter()
    let inbox = Inbox { wakes.increment() }
    for time in 0..<5 { inbox.post(.pong(roundTrip: Int64(time))) }
    #expect(wakes.count == 1)
    var events: [Event] = []
    inbox.take(into: &events)
    #expect(events == (0..<5).map { .pong(roundTrip: $0) } && inbox.isEmpty)
    inbox.post(.pong(roundTrip: 5))
    #expect(wakes.count == 2)
    inbox.take(into: &events)
    #expect(events.count == 6)
  }

  @Test func `nothing posted wakes nobody`() {
    let wakes = Counter()
    Inbox { wakes.increment() }.post(contentsOf: [])
    #expect(wakes.count == 0)
  }

  @Test func `a flood of other events fills it too`() {
    let inbox = Inbox(byteLimit: 100_000) {}
    inbox.post(contentsOf: (0..<1000).map { .pong(roundTrip: $0) })
    #expect(inbox.isFull)
  }

  @Test func `messages fill it by bytes, and whoever was refused is called when they are taken`() {
    let calls = Counter()
    let inbox = Inbox(byteLimit: 1000) {}
    inbox.onDrained { calls.increment() }
    var events: [Event] = []
    inbox.post(batch(100))
    #expect(!inbox.isFull)
    inbox.take(into: &events)
    #expect(calls.count == 0)
    inbox.post(batch(1000))
    #expect(inbox.isFull)
    inbox.take(into: &events)
    #expect(calls.count == 1 && !inbox.isFull)
    inbox.take(into: &events)
    #expect(calls.count == 1)
  }
}
