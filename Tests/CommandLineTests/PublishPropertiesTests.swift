import MQTT
import Testing

@testable import mqttscope

@Suite struct PublishPropertiesTests {
  @Test func `all properties keep their order and their values`() throws {
    let properties = try PublishProperties.parse(
      standard: [
        "response-topic=a/b", "content-type=text/plain;x=y", "correlation-data=42", "message-expiry-interval=60",
        "payload-format-indicator=1", "topic-alias=3",
      ],
      user: ["b=1", "a=2=3", "b=", "name=é"])
    #expect(
      properties.list == [
        .responseTopic("a/b"), .contentType("text/plain;x=y"), .correlationData([0x34, 0x32]),
        .messageExpiryInterval(60), .payloadFormatIndicator(.utf8), .topicAlias(3),
        .userProperty(UserProperty("b", "1")), .userProperty(UserProperty("a", "2=3")),
        .userProperty(UserProperty("b", "")), .userProperty(UserProperty("name", "é")),
      ])
  }

  @Test(arguments: [
    "content-type", "=x", "nonsense=1", "message-expiry-interval=-1", "message-expiry-interval=4294967296",
    "payload-format-indicator=2", "topic-alias=x", "topic-alias=0",
    "response-topic=a/#", "response-topic=",
  ])
  func `a property that is none is a mistake of usage`(text: String) {
    let failure = #expect(throws: Failure.self) { try PublishProperties.parse(standard: [text], user: []) }
    #expect(failure?.exitCode == 64)
  }

  @Test func `a property of the standard twice is a mistake of usage, one of the user's is not`() throws {
    let failure = #expect(throws: Failure.self) {
      try PublishProperties.parse(standard: ["topic-alias=1", "topic-alias=2"], user: [])
    }
    #expect(failure?.exitCode == 64)
    #expect(try PublishProperties.parse(standard: [], user: ["a=1", "a=1"]).list.count == 2)
  }
}
