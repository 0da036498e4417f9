import MQTT
import MQTTClient
import NIOCore

/// Plays a world on a broker: each device has a client of its own, so that all of it passes over the wire.
public final class WorldPlayer: Sendable {
  private let eventLoop: any EventLoop
  private let stage: NIOLoopBoundBox<Stage?>

  /// A world that has not begun; the broker is at `endpoint`.
  public init(_ world: World, at endpoint: Endpoint, on group: any EventLoopGroup) {
    let eventLoop = group.next()
    let stage = NIOLoopBoundBox.makeEmptyBox(valueType: Stage.self, eventLoop: eventLoop)
    self.eventLoop = eventLoop
    self.stage = stage
    eventLoop.execute { stage.value = Stage(world, at: endpoint, in: stage, on: eventLoop) }
  }

  /// Begins; the world goes on by itself.
  public func start() {
    let stage = stage
    eventLoop.execute { stage.value?.begin() }
  }

  /// All devices say goodbye.
  public func stop() {
    let stage = stage
    eventLoop.execute {
      stage.value?.end()
      stage.value = nil
    }
  }
}

/// What lives on the event loop: the world, and the clients of its devices.
private final class Stage {
  private var world: World
  private let endpoint: Endpoint
  /// Where the event loop finds us.
  private let place: NIOLoopBoundBox<Stage?>
  private let eventLoop: any EventLoop
  private let start = NIODeadline.now()
  private var devices: [String: DeviceClient] = [:]
  private var clock: RepeatedTask?
  private var lastRequest: UInt64 = 0

  /// The world is looked at so often.
  private static let beat = TimeAmount.milliseconds(50)

  init(_ world: World, at endpoint: Endpoint, in place: NIOLoopBoundBox<Stage?>, on eventLoop: any EventLoop) {
    self.world = world
    self.endpoint = endpoint
    self.place = place
    self.eventLoop = eventLoop
  }

  func begin() {
    perform(world.begin(at: now))
    let place = place
    clock = eventLoop.scheduleRepeatedTask(initialDelay: Self.beat, delay: Self.beat) { _ in place.value?.advance() }
  }

  private func advance() {
    perform(world.advance(to: now, busy: Set(devices.filter(\.value.isBusy).keys)))
  }

  func end() {
    clock?.cancel()
    for known in devices.values { known.client.perform(.disconnect(.success, [])) }
    devices = [:]
  }

  private var now: WorldTime {
    WorldTime(age: (NIODeadline.now() - start).nanoseconds, wall: WallClock.now)
  }

  private func perform(_ happenings: [Happening]) {
    for happening in happenings {
      switch happening {
      case .connect(let device): connect(device)
      case .publish(let message, let name): publish(message, by: name)
      case .vanish(let name):
        devices[name]?.isConnected = false
        devices[name]?.client.perform(.disconnect(.disconnectWithWillMessage, []))
      }
    }
  }

  private func connect(_ device: Device) {
    if let known = devices[device.name] { return known.client.perform(.reconnect) }
    let inbox = Inbox { [eventLoop, place] in
      eventLoop.execute { place.value?.takeEvents(of: device.name) }
    }
    var configuration = Configuration(endpoint, clientID: device.clientID)
    configuration.will = device.will
    configuration.subscriptions = device.subscriptions
    let client = Client(configuration, inbox: inbox, on: eventLoop)
    devices[device.name] = DeviceClient(client: client, inbox: inbox)
    client.start()
  }

  private func publish(_ message: Message, by name: String) {
    guard let known = devices[name] else { return }
    guard known.isConnected else { return known.wait(message) }
    lastRequest += 1
    known.unsent += 1
    known.client.perform(.publish(RequestID(rawValue: lastRequest), message))
  }

  private func takeEvents(of name: String) {
    guard let known = devices[name] else { return }
    var events: [Event] = []
    known.inbox.take(into: &events)
    for event in events {
      switch event {
      case .connected:
        known.isConnected = true
        for message in known.takeWaiting() { publish(message, by: name) }
      case .disconnected: known.isConnected = false
      case .delivery(_, .sent(_, isDuplicate: false), _), .delivery(_, .failed, _):
        known.unsent = max(0, known.unsent - 1)
      case .messages(let batch): for view in batch.views { receive(view, in: batch, at: name) }
      default: break
      }
    }
  }

  private func receive(_ view: PublishView, in batch: MessageBatch, at name: String) {
    do throws(MalformedPacket) {
      let publish = try Publish(view, in: batch.buffer, version: batch.version)
      let message = Message(
        topic: publish.topic, payload: publish.payload, qos: publish.qos, isRetained: publish.isRetained,
        properties: publish.properties)
      perform(world.receive(message, at: name, now))
    } catch {
      self.publish(Message("demo/unreadable", "\(name) cannot read a message. \(error)"), by: name)
    }
  }
}
