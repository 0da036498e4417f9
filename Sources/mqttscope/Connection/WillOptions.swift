import ArgumentParser
import MQTT
import MQTTClient
import NIOCore

/// The options about the message that the broker publishes when we are gone without goodbye.
struct WillOptions: ParsableArguments {
  @Option(help: "The topic of the last will: a message that the broker publishes if we vanish.")
  var willTopic: String?

  @Option(parsing: .unconditional, help: "The payload of the will as text; empty if not given.")
  var willPayload: String?

  @Option(parsing: .unconditional, help: "The QoS of the will.")
  var willQos: QoS?

  @Flag(help: "Ask the broker to keep the will as the retained message of its topic.")
  var willRetain = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long the broker waits for us to come back before that, MQTT 5.", valueName: "seconds"),
    transform: WholeNumber.of(0...UInt32.max))
  var willDelay: UInt32?

  @Option(
    help: ArgumentHelp("A property of the will, MQTT 5; named as those of publish.", valueName: "name=value"))
  var willProperty: [String] = []

  func apply(to configuration: inout Configuration) throws(Failure) {
    guard let willTopic else {
      let isAlone = willPayload == nil && willQos == nil && !willRetain && willDelay == nil && willProperty.isEmpty
      guard isAlone else { throw .usage("A will needs a topic: add --will-topic.") }
      return
    }
    do { try TopicName.validate(willTopic) } catch { throw .usage("“\(willTopic)”: \(error)") }
    var properties = try PublishProperties.parse(standard: willProperty, user: [])
    guard properties.topicAlias == nil else { throw .usage("A will has no topic alias.") }
    if let willDelay { properties.list.insert(.willDelayInterval(willDelay), at: 0) }
    if !properties.isEmpty { try configuration.demandVersion5(for: "--will-delay or --will-property") }
    configuration.will = Will(
      topic: willTopic, payload: ByteBuffer(string: willPayload ?? ""), qos: willQos ?? .atMostOnce,
      isRetained: willRetain, properties: properties)
  }
}
