import MQTT
import MQTTClient
import NIOCore
import NIOPosix
import TestSupport
import Testing

/// The whole client against a real broker, in both versions.
struct MosquittoTests {
  private let broker: Mosquitto

  init() throws { broker = try Mosquitto() }

  @Test(arguments: ProtocolVersion.allCases, QoS.allCases)
  func `a message goes out and comes back, kept or not`(version: ProtocolVersion, qos: QoS) throws {
    let subscription = Subscription(filter: "a/#", qos: .exactlyOnce)
    let recorder = Recorder(.loopback(broker.port, version) { $0.subscriptions = [subscription] })
    #expect(try recorder.connection().version == version)
    #expect(try recorder.grants() == [Grant(subscription, .grantedQoS2)])
    let listener = Recorder(
      .loopback(broker.port, version) {
        $0.clientID = "listener"
        $0.subscriptions = [subscription]
      })
    _ = try listener.grants()
    for (packetID, isRetained) in zip(UInt16(2)..., [false, true]) {  // 1 was for SUBSCRIBE
      let payload = ByteBuffer(string: "\(qos) \(isRetained)")
      let message = Message(topic: "a/b", payload: payload, qos: qos, isRetained: isRetained)
      let steps = try recorder.publish(message)
      #expect(steps == expectedSteps(qos, packetID))
      let live = try listener.messages(1)
      #expect(live.map(\.payload) == [payload] && live.map(\.isRetained) == [false] && live.map(\.qos) == [qos])
      let late = Recorder(
        .loopback(broker.port, version) {
          $0.clientID = "late"
          $0.subscriptions = [subscription]
        })
      _ = try late.grants()
      guard isRetained else { continue }
      let received = try late.messages(1)
      #expect(received.map(\.payload) == [payload] && received.map(\.isRetained) == [true])
      #expect(received.map(\.qos) == [qos])
    }
  }

  private func expectedSteps(_ qos: QoS, _ packetID: UInt16) -> [DeliveryStep] {
    switch qos {
    case .atMostOnce: [.sent(packetID: 0, isDuplicate: false)]
    case .atLeastOnce: [.sent(packetID: packetID, isDuplicate: false), .acknowledged(.success, [])]
    case .exactlyOnce:
      [.sent(packetID: packetID, isDuplicate: false), .received(.success, []), .released, .completed(.success, [])]
    }
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `messages come back live at each QoS`(version: ProtocolVersion) throws {
    let recorder = Recorder(
      .loopback(broker.port, version) { $0.subscriptions = [Subscription(filter: "#", qos: .exactlyOnce)] })
    _ = try recorder.grants()
    for qos in QoS.allCases {
      recorder.client.perform(.publish(1, Message(topic: "q", payload: ByteBuffer(string: "\(qos)"), qos: qos)))
    }
    let messages = try recorder.messages(3)
    #expect(Set(messages.map(\.qos)) == Set(QoS.allCases))
    #expect(messages.allSatisfy { !$0.isRetained && $0.topic == "q" })
  }

  @Test func `a client chooses 5_0 by itself`() throws {
    let recorder = Recorder(.loopback(broker.port) { $0.protocolChoice = .automatic })
    #expect(try recorder.connection().version == .v5)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a broker that dies and comes back finds us subscribed again`(version: ProtocolVersion) throws {
    let subscription = Subscription(filter: "a")
    let recorder = Recorder(
      .loopback(broker.port, version) {
        $0.subscriptions = [subscription]
        $0.reconnection = .backoff(Backoff(first: .milliseconds(50), longest: .milliseconds(100)))
      })
    #expect(try recorder.grants() == [Grant(subscription, .success)])
    try broker.kill()
    #expect(try recorder.disconnection().retryIn != nil)
    try broker.start()
    #expect(try recorder.grants() == [Grant(subscription, .success)])
    _ = try recorder.publish(Message(topic: "a", payload: ByteBuffer(string: "again")))
    #expect(try recorder.messages(1).map(\.payload) == [ByteBuffer(string: "again")])
  }

  @Test func `a session that the broker keeps is taken up`() throws {
    let recorder = Recorder(
      .loopback(broker.port) {
        $0.cleanStart = false
        $0.properties = [.sessionExpiryInterval(60)]
        $0.subscriptions = [Subscription(filter: "kept", qos: .atLeastOnce)]
      })
    #expect(try !recorder.connection().sessionPresent)
    _ = try recorder.grants()
    recorder.client.perform(.reconnect)
    #expect(try recorder.connection().sessionPresent)
    _ = try recorder.publish(Message(topic: "kept", qos: .atLeastOnce))
    let last = try recorder.publish(Message(topic: "other", qos: .atLeastOnce)).last
    #expect(last == .acknowledged(.noMatchingSubscribers, []))
  }

  @Test func `a stolen client identifier, of which mosquitto says nothing, is named as a possible cause`() throws {
    let first = Recorder(.loopback(broker.port))
    _ = try first.connection()
    let second = Recorder(.loopback(broker.port))
    _ = try second.connection()
    let end = try first.disconnection()
    #expect(end.reason == .closed(wasAccepted: true))
    #expect(end.description.contains("client identifier"))
  }

  @Test func `a ping is answered`() throws {
    let recorder = Recorder(.loopback(broker.port))
    _ = try recorder.connection()
    recorder.client.perform(.ping)
    #expect(try recorder.next("pong") { if case .pong(let time) = $0 { time } else { nil } } > 0)
  }

  @Test func `a scope ends with the connection closed`() async throws {
    let inbox = Inbox {}
    let client = Client(.loopback(broker.port), inbox: inbox, on: MultiThreadedEventLoopGroup.singleton)
    #expect(await client.run { 7 } == 7)
    var events: [Event] = []
    inbox.take(into: &events)
    guard case .disconnected(let end)? = events.last else {
      Issue.record("\(events)")
      return
    }
    #expect(end.reason == .requested)
  }

  @Test func `stopping returns when the connection is closed`() async throws {
    let recorder = Recorder(.loopback(broker.port))
    _ = try recorder.connection()
    await recorder.client.stop()
    #expect(try recorder.disconnection().reason == .requested)
    await recorder.client.stop()
  }
}
