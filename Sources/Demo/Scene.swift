import MQTT
import MQTTClient

/// A part of the world: its devices, what they say as time goes by, and what they answer.
///
/// A scene does nothing itself. It is a value whose clock is given to it, so that the same seed tells the same story.
protocol Scene: Sendable {
  /// What happens when the world begins.
  mutating func begin(at time: WorldTime) -> [Happening]
  /// What has happened since the last call.
  mutating func advance(to time: WorldTime) -> [Happening]
  /// What a device does about a message that came to it.
  mutating func receive(_ message: Message, at device: String, _ time: WorldTime) -> [Happening]
}

extension Scene {
  mutating func receive(_ message: Message, at device: String, _ time: WorldTime) -> [Happening] { [] }
}

/// What whoever plays the world has to do.
public enum Happening: Equatable, Sendable {
  /// A device connects, or connects again.
  case connect(Device)
  /// A device publishes.
  case publish(Message, by: String)
  /// A device is gone without goodbye, so that its will is published.
  case vanish(String)
}

/// Something that is connected to the broker.
public struct Device: Equatable, Sendable {
  /// By this name the world means it; no other device has it.
  public let name: String
  /// The client identifier; two devices that have the same put each other out.
  public let clientID: String
  /// What the broker publishes when it is gone without goodbye.
  public var will: Will?
  /// What it listens to.
  public var subscriptions: [Subscription]

  init(_ name: String, clientID: String? = nil, will: Will? = nil, subscriptions: [Subscription] = []) {
    self.name = name
    self.clientID = clientID ?? name
    self.will = will
    self.subscriptions = subscriptions
  }
}

/// A moment of the world.
public struct WorldTime: Equatable, Sendable {
  /// Nanoseconds since the world began.
  public var age: Int64
  /// Nanoseconds since 1970.
  public var wall: Int64

  /// A moment.
  public init(age: Int64, wall: Int64) {
    self.age = age
    self.wall = wall
  }

  var seconds: Double { Double(age) / 1e9 }
  /// Milliseconds since 1970, as Sparkplug and most devices write it.
  var milliseconds: Int { Int(wall / 1_000_000) }
}

/// Something that happens again and again.
struct Rhythm: Equatable, Sendable {
  private let interval: Int64
  private var next: Int64

  /// - Parameters:
  ///   - interval: Seconds from one time to the next.
  ///   - first: Seconds until the first time.
  init(every interval: Double, first: Double = 0) {
    self.interval = Int64(interval * 1e9)
    next = Int64(first * 1e9)
  }

  /// Whether it is time; then it is not again for an interval, however late we were.
  mutating func isDue(at time: WorldTime) -> Bool {
    guard time.age >= next else { return false }
    next = next + interval > time.age ? next + interval : time.age + interval
    return true
  }
}
