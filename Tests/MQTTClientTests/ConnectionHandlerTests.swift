import MQTT
import NIOCore
import NIOEmbedded
import Testing

@testable import MQTTClient

struct ConnectionHandlerTests {
  private let channel = EmbeddedChannel()
  private let inbox = Inbox {}

  /// A handler on a connection that was accepted; what was written for that is read.
  private func connected(_ configuration: Configuration = .script()) throws -> ConnectionHandler {
    let handler = ConnectionHandler(configuration, inbox: inbox, eventLoop: channel.embeddedEventLoop)
    handler.session.phase = .opening
    try channel.pipeline.syncOperations.addHandler(handler)
    try channel.writeInbound(ByteBuffer(bytes: [0x20, 3, 0, 0, 0] as [UInt8]))
    while try channel.readOutbound(as: ByteBuffer.self) != nil {}
    return handler
  }

  @Test func `requests of one turn of the event loop leave in one write`() throws {
    let handler = try connected()
    for number in UInt64(0)..<3 { handler.carryOut(.publish(RequestID(rawValue: number), Message(topic: "t"))) }
    #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
    channel.embeddedEventLoop.run()
    let publish: [UInt8] = [0x30, 4, 0, 1, 0x74, 0]
    #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(bytes: publish + publish + publish))
    var events: [Event] = []
    inbox.take(into: &events)
    #expect(events.count { if case .delivery(_, .sent, _) = $0 { true } else { false } } == 3)
  }

  @Test func `requests that fill a write do not wait`() throws {
    let handler = try connected()
    let large = Message(topic: "t", payload: ByteBuffer(repeating: 0, count: 100_000))
    handler.carryOut(.publish(1, large))
    #expect(try channel.readOutbound(as: ByteBuffer.self)?.readableBytes == 100_008)
  }

  @Test func `whoever waits for the end gets it, though another asks for a new connection`() {
    let handler = ConnectionHandler(.script(), inbox: inbox, eventLoop: channel.embeddedEventLoop)
    let last = Session.Phase.closing(.requested, then: .stop, deadline: second)
    handler.session.phase = last
    handler.stop {}
    handler.carryOut(.reconnect)
    #expect(handler.session.phase == last)
  }

  @Test func `the answers to a read are one write, and messages are told before the end that follows them`() throws {
    let handler = try connected()
    var events: [Event] = []
    inbox.take(into: &events)
    events = []
    let message: [UInt8] = [0x32, 6, 0, 1, 0x74, 0, 9, 0]
    try channel.writeInbound(ByteBuffer(bytes: message + message + [0xC0, 0]))
    let puback: [UInt8] = [0x40, 2, 0, 9]
    #expect(
      try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(bytes: puback + puback + [0xE0, 1, 0x82]))
    channel.embeddedEventLoop.run()
    inbox.take(into: &events)
    guard case .messages(let batch)? = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(batch.views.count == 2)
    #expect(handler.session.phase != .connected)
  }
}
