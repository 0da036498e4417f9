import TestSupport
import Testing

@testable import mqttscope

@Suite struct InputRecordTests {
  private func record(_ lines: [String], topic: String = "log") -> InputRecord {
    var record = InputRecord(topic: topic, after: 7)
    for (index, line) in lines.enumerated() { _ = record.take(line.utf8, number: UInt64(index + 1)) }
    return record
  }

  @Test func `the same lines are known again, and another one is not`() {
    var record = record(["one", "two", ""])
    #expect(record.take("one".utf8, number: 1) == .same && record.take("two".utf8, number: 2) == .same)
    #expect(record.take("".utf8, number: 3) == .same)
    #expect(record.take("One".utf8, number: 1) == .other && record.take("two ".utf8, number: 2) == .other)
    #expect(record.take("four".utf8, number: 4) == .new && record.take("four".utf8, number: 4) == .same)
  }

  @Test func `a line counts with those before it`() {
    var (first, second) = (record(["ab", "c"]), record(["a", "bc"]))
    #expect(first.take("bc".utf8, number: 2) == .other && second.take("bc".utf8, number: 2) == .same)
  }

  @Test func `only the first lines are marked, and a line too far ahead is not`() {
    var record = record((1...40).map { "\($0)" })
    #expect(record.marks.count == InputRecord.longest)
    #expect(record.take("x".utf8, number: 17) == .unmarked && record.take("x".utf8, number: 16) == .other)
    #expect(record.take("x".utf8, number: 0) == .unmarked && record.take("x".utf8, number: .max) == .unmarked)
    var short = self.record(["1"])
    #expect(short.take("3".utf8, number: 3) == .unmarked)
  }

  @Test func `a record is read as it was written, whatever the topic`() {
    for topic in ["log", "a b/é\n/topic x", " ", String(repeating: "é", count: 32_767)] {
      let record = record(["one", "two"], topic: topic)
      #expect(InputRecord(record.bytes) == record)
      #expect(record.bytes.count <= InputRecord.largestFile)
    }
    let empty = InputRecord(topic: "a", after: .max)
    #expect(InputRecord(empty.bytes) == empty)
  }

  @Test func `what is no record is none`() {
    let whole = record(["one"]).bytes
    for count in 0..<whole.count - 3 { #expect(InputRecord(Array(whole[..<count])) == nil) }
    for text in [
      "", "x", "mqttscope publish --lines 2\nafter 1\nmarks\ntopic a",
      "mqttscope publish --lines 1\nafter -1\nmarks\ntopic a",
      "mqttscope publish --lines 1\nafter 1\nmarks x\ntopic a",
      "mqttscope publish --lines 1\nafter 1\nmarks\(String(repeating: " 1", count: 17))\ntopic a",
    ] { #expect(InputRecord(Array(text.utf8)) == nil, "\(text)") }
    #expect(InputRecord([0xFF, 0xFE]) == nil)
  }
}
