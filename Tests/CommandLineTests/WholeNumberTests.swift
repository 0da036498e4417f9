import ArgumentParser
import Explorer
import Testing

@testable import mqttscope

@Suite struct WholeNumberTests {
  private static let numbers = [
    (["broker", "--receive-maximum"], 1, "65535"), (["broker", "--max-connections"], 1, "2147483647"),
    (["broker", "--topic-alias-maximum"], 0, "65535"), (["broker", "--max-keep-alive"], 0, "65535"),
    (["broker", "--max-session-expiry"], 0, "4294967295"), (["broker", "--sys-interval"], 0, "65535"),
    (["demo", "--seed"], 0, "18446744073709551615"), (["demo", "--topics"], 0, "5000000"),
    (["demo", "--rate"], 0, "200000"), (["subscribe", "h", "a", "--count"], 1, "9223372036854775807"),
    (["subscribe", "h", "a", "-c"], 1, "9223372036854775807"), (["h", "--keep-alive"], 0, "65535"),
    (["h", "--session-expiry"], 0, "4294967295"), (["h", "--will-delay"], 0, "4294967295"),
  ]

  private func message(_ arguments: [String]) throws -> String {
    let error = try #require(throws: (any Error).self) { try MQTTScope.parseAsRoot(arguments) }
    return MQTTScope.fullMessage(for: error)
  }

  @Test(arguments: numbers)
  func `a number that is too small or too large is refused with what is allowed`(
    words: [String], least: Int, most: String
  ) throws {
    for value in ["\(least - 1)", "-1", "-9999999999999999999999", most + "0", "1.5", "x", ""] {
      let message = try message(words + [value])
      let option = try #require(words.last)
      #expect(message.contains("The value '\(value)' is invalid for '\(option) "), "\(message)")
      let end = most.count > 10 ? "on" : "to \(most)"
      #expect(message.contains("it is a whole number from \(least) \(end)."), "\(message)")
    }
    for value in ["\(least)", most] { _ = try MQTTScope.parseAsRoot(words + [value]) }
  }

  @Test(arguments: [
    ["broker", "--max-qos"], ["h", "--qos"], ["h", "-q"], ["h", "--will-qos"], ["publish", "h", "a", "-q"],
    ["subscribe", "h", "a", "--qos"],
  ]) func `a QoS is 0, 1 or 2, and another is refused with that`(words: [String]) throws {
    for value in ["-1", "3", "x"] {
      let message = try message(words + [value])
      #expect(message.contains("The value '\(value)' is invalid for '") && message.contains("'0'"), "\(message)")
      #expect(message.contains("'1'") && message.contains("'2'"), "\(message)")
    }
    for value in 0...2 { _ = try MQTTScope.parseAsRoot(words + ["\(value)"]) }
  }

  @Test(arguments: [
    ["broker", "--max-packet-size"], ["broker", "--max-payload"], ["broker", "--queue"], ["h", "--memory"],
  ]) func `a size that is none is refused with how one is written`(words: [String]) throws {
    for value in ["-1", "-64MB", "x", "9999999999GB"] {
      let message = try message(words + [value])
      #expect(message.contains("it is a number of bytes such as 1000000, 512KB, 64MB or 1GB."), "\(message)")
    }
    _ = try MQTTScope.parseAsRoot(words + ["64MB"])
  }
}
