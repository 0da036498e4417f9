import MQTT
import MQTTClient

/// Counts what is published at QoS 2 to `demo/counter/add`: each message exactly once, whatever happens on the way.
struct Counter: Scene {
  private var sum = 0

  private static let name = "demo-counter"

  func begin(at time: WorldTime) -> [Happening] {
    [
      .connect(Device(Self.name, subscriptions: [Subscription(filter: "demo/counter/add", qos: .exactlyOnce)])), state,
    ]
  }

  mutating func advance(to time: WorldTime) -> [Happening] { [] }

  mutating func receive(_ message: Message, at device: String, _ time: WorldTime) -> [Happening] {
    guard let number = Int(message.text) else {
      return [refusal("“\(message.text.prefix(20))” cannot be added; publish a whole number, such as 1.")]
    }
    let (next, isTooLarge) = sum.addingReportingOverflow(number)
    guard !isTooLarge else { return [refusal("With “\(number)” the sum would be larger than the counter.")] }
    sum = next
    return [state]
  }

  private func refusal(_ words: String) -> Happening {
    .publish(Message("demo/counter/refused", words, qos: .exactlyOnce), by: Self.name)
  }

  private var state: Happening {
    .publish(Message("demo/counter", "\(sum)", qos: .exactlyOnce, isRetained: true), by: Self.name)
  }
}
