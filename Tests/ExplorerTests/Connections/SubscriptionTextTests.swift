import MQTT
import Testing

@testable import Explorer

@Suite struct SubscriptionTextTests {
  @Test(arguments: [
    ("#", Subscription(filter: "#", retainAsPublished: true)),
    ("a b/# q2", Subscription(filter: "a b/#", qos: .exactlyOnce, retainAsPublished: true)),
    ("q1", Subscription(filter: "q1", retainAsPublished: true)),
    ("x  no-local as-live", Subscription(filter: "x", noLocal: true)),
    ("x q1 if-new", Subscription(filter: "x", qos: .atLeastOnce, retainAsPublished: true, retainHandling: .sendIfNew)),
    ("x no-retained ", Subscription(filter: "x", retainAsPublished: true, retainHandling: .doNotSend)),
    ("a q3", Subscription(filter: "a q3", retainAsPublished: true)),
  ])
  func `a line is a filter and what is not as usual`(line: String, subscription: Subscription) {
    #expect(SubscriptionText.subscription(of: line) == subscription)
    #expect(SubscriptionText.subscription(of: SubscriptionText.line(of: subscription)) == subscription)
  }
}
