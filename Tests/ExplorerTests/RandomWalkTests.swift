import MQTT
import MQTTClient
import NIOCore
import Terminal
import Testing
import TestSupport

@testable import Explorer

/// Random keys, mice, sizes, messages and connections. Whatever comes, nothing traps and the frame is as asked for.
@Suite struct RandomWalkTests {
  private static let seeds = Array(UInt64(1)...4) + [UInt64.random(in: 0...UInt64.max)]

  @Test(arguments: seeds)
  func `whatever comes, there is a frame of the asked size`(seed: UInt64) throws {
    var walk = Walk(seed: seed, isReadOnly: false)
    for step in 0..<400 {
      try walk.step()
      let (frame, size) = walk.frame()
      #expect(frame.size == size, "seed \(seed), step \(step)")
      guard frame.size == size else { return }
    }
  }

  @Test(arguments: seeds)
  func `a read-only explorer publishes nothing, whatever is pressed`(seed: UInt64) throws {
    var walk = Walk(seed: seed, isReadOnly: true)
    for _ in 0..<400 { try walk.step() }
    #expect(walk.published == 0)
  }

  @Test(arguments: seeds)
  func `drawing changes nothing`(seed: UInt64) throws {
    var walk = Walk(seed: seed, isReadOnly: false)
    for _ in 0..<60 {
      try walk.step()
      #expect(walk.frame().0 == walk.frame().0)
    }
  }
}

/// A model that random things happen to, and a world that answers its effects.
private struct Walk: ~Copyable {
  private var random: Chance
  private var model: Model
  private var now = Instant(wall: 1_772_366_671_221_000_000, monotonic: 5_000_000_000)
  private(set) var published = 0

  init(seed: UInt64, isReadOnly: Bool) {
    random = Chance(seed: seed)
    var settings = Model.Settings(
      address: "broker:1883", clientID: "walk", subscriptions: [Subscription(filter: "#")], memoryLimit: 64 << 20)
    settings.isReadOnly = isReadOnly
    settings.themes = ["dark", "light"]
    model = Model(settings)
    model.now = now
  }

  func frame() -> (Frame, Size) { (model.frame(), model.size) }

  mutating func step() throws {
    switch random.number(below: 21) {
    case 20: try passPackets()
    case 0: model.size = random.size()
    case 1, 2: wait()
    case 3, 4, 5: try receiveMessages()
    case 6: model.receive(event())
    default:
      let key = random.key(on: model.size)
      answer(model.handle(key))
    }
    // Keys that come fast share a frame.
    guard !random.happens(onceIn: 4) else { return }
    let time = now.monotonic
    model.refresh(at: now) { time }
  }

  private mutating func wait() {
    let time = Int64(random.number(below: random.happens(onceIn: 10) ? 100_000_000_000 : 2_000_000_000))
    now.wall += random.happens(onceIn: 50) ? -time : time  // the wall clock may be set back
    now.monotonic += time
  }

  private mutating func receiveMessages() throws {
    var incoming = Incoming(version: model.connection.version ?? .v5)
    for _ in 0..<1 + random.number(below: 12) {
      try incoming.add(
        random.topic(), random.payload(), qos: random.pick([.atMostOnce, .atLeastOnce, .exactlyOnce]),
        isRetained: random.happens(onceIn: 3), properties: random.properties())
    }
    if let event = try incoming.event(at: now.wall) { model.receive(event) }
  }

  /// Bytes of any kind in either direction, and now and then a word about the connection.
  private mutating func passPackets() throws {
    var batch = TraceBatch(wall: now.wall, monotonic: now.monotonic)
    for _ in 0..<1 + random.number(below: 6) {
      let first = [UInt8(truncatingIfNeeded: random.next()), UInt8(truncatingIfNeeded: random.number(below: 90))]
      let bytes = ByteBuffer(bytes: first + random.payload().prefix(120))
      Passing.add(
        bytes, id: UInt16(random.number(below: 4)), isSent: random.happens(onceIn: 2),
        version: random.pick([.v5, .v3_1_1]), to: &batch)
    }
    model.receive(.traced(batch))
    if random.happens(onceIn: 3) { model.receive(event()) }
  }

  private mutating func event() -> Event {
    let version = random.pick([ProtocolVersion.v5, .v3_1_1])
    switch random.number(below: 5) {
    case 0: return .connecting(attempt: 1 + random.number(below: 9), version: version, endpoint: random.end().endpoint)
    case 1: return .disconnected(random.end())
    case 2:
      let code = ReasonCode(rawValue: UInt8(truncatingIfNeeded: random.next()))
      return .subscribed(nil, [Grant(Subscription(filter: random.pick(["#", random.text(upTo: 90)])), code)], [])
    case 3: return .fellBack(from: .v5, to: .v3_1_1, why: random.end().reason)
    default:
      return .connected(
        Connection(
          version: version, sessionPresent: false, clientID: "walk", keepAlive: 60,
          properties: random.happens(onceIn: 2) ? [.maximumQoS(.atMostOnce)] : [], roundTrip: 1))
    }
  }

  private mutating func answer(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .form(.send(let request, _)):
        published += 1
        answerPublish(request)
      case .form(.readFile):
        let bytes = random.payload()
        answer(model.finishReading(random.happens(onceIn: 3) ? .failure(.notRegular(path: "/")) : .success(bytes)))
      case .form(.openEditor): model.form.publish.edited(random.payload())
      default: break
      }
    }
  }

  private mutating func answerPublish(_ request: RequestID) {
    let steps: [DeliveryStep] = [
      .queued(.packetIdentifiers), .sent(packetID: 1, isDuplicate: false), .received(.success, []), .released,
      .completed(.noMatchingSubscribers, []), .acknowledged(.notAuthorized, [.reasonString(random.text(upTo: 90))]),
    ]
    for _ in 0..<random.number(below: 6) {
      model.receive(.delivery(request, random.pick(steps), at: now.monotonic))
    }
  }
}
