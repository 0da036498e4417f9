import MQTT
import Testing

@testable import MQTTBroker

/// Any bytes, and any packets at any moment, from several clients at once. `MQTTSCOPE_FUZZ` makes it longer.
struct FuzzTests {
  private static var limits: BrokerLimits {
    var limits = BrokerLimits()
    limits.unsentBytes = 200
    limits.queuedBytes = 1_500
    limits.queuedMessages = 20
    limits.receiveMaximum = 3
    limits.retainedMessages = 10
    limits.inFlight = 4
    limits.subscriptions = 6
    limits.topicAliasMaximum = 3
    limits.systemInterval = 0
    return limits
  }

  private static func round(_ random: inout SplitMix, steps: Int, isMutating: Bool) throws -> Int {
    var world = FuzzWorld(limits)
    for step in 1...steps {
      try world.step(&random, isMutating: isMutating)
      try world.check()
      if step % 100 == 0 { try world.probe(step % 200 == 0 ? .v5 : .v3_1_1) }
    }
    try world.end()
    return steps
  }

  @Test func `no order of valid packets makes a broker say what it may not, or keep what it should not`() {
    FuzzRun.rounds("Valid packets in any order", seed: 11) { try Self.round(&$0, steps: 2_000, isMutating: false) }
  }

  @Test func `no mutation of packets breaks a broker or hurts others`() {
    FuzzRun.rounds("Mutated packets", seed: 12) { try Self.round(&$0, steps: 2_000, isMutating: true) }
  }
}
