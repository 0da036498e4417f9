import MQTT
import MQTTClient
import Testing

@testable import mqttscope

@Suite struct PublishTallyTests {
  @Test func `a message is done at the last step of its QoS`() {
    var tally = PublishTally()
    let accepted = DeliveryStep.received(.success, [])
    let steps: [(QoS, [DeliveryStep])] = [
      (.atMostOnce, [.sent(packetID: 0, isDuplicate: false)]),
      (.atLeastOnce, [.sent(packetID: 1, isDuplicate: false), .acknowledged(.success, [])]),
      (
        .exactlyOnce,
        [.sent(packetID: 2, isDuplicate: false), accepted, .released, .completed(.success, [])]
      ),
    ]
    for (qos, steps) in steps {
      let id = tally.start(size: 1)
      for step in steps {
        #expect(!tally.isIdle)
        tally.note(step, of: id, at: qos)
      }
      #expect(tally.isIdle)
    }
    #expect(tally.published == 3 && tally.outcome == nil)
  }

  @Test func `waiting and sending again are no end`() {
    var tally = PublishTally()
    let id = tally.start(size: 1)
    tally.note(.queued(.network), of: id, at: .atLeastOnce)
    tally.note(.sent(packetID: 1, isDuplicate: true), of: id, at: .atLeastOnce)
    #expect(!tally.isIdle)
  }

  @Test func `the window closes by number and by bytes, and opens again`() {
    var tally = PublishTally(window: .init(messages: 2, bytes: 100))
    let first = tally.start(size: 99)
    #expect(!tally.isFull)
    let second = tally.start(size: 0)
    #expect(tally.isFull)
    tally.note(.acknowledged(.success, []), of: second, at: .atLeastOnce)
    #expect(!tally.isFull)
    _ = tally.start(size: 1)
    tally.note(.acknowledged(.success, []), of: first, at: .atLeastOnce)
    #expect(!tally.isFull)
    _ = tally.start(size: 99)
    #expect(tally.isFull)
  }

  @Test func `messages of an earlier run are seen through too, and numbers go on`() {
    var tally = PublishTally()
    tally.expect(2)
    tally.continueNumbers(after: 7)
    let id = tally.start(size: 1)
    #expect(id == 8)
    tally.note(.completed(.success, []), of: id, at: .exactlyOnce)
    tally.note(.released, of: RequestID(8).ofEarlierRun, at: .exactlyOnce)
    tally.note(.completed(.success, []), of: RequestID(8).ofEarlierRun, at: .exactlyOnce)
    #expect(!tally.isIdle)
    tally.note(.failed(.sessionLost), of: RequestID(7).ofEarlierRun, at: .exactlyOnce)
    #expect(tally.isIdle && tally.published == 2 && tally.failed == 1)
    #expect(tally.start(size: 1) == 9)
  }

  @Test func `what had no outcome when the connection ended may have arrived, or had not left`() {
    var tally = PublishTally()
    let ids = (0..<5).map { _ in tally.start(size: 1) }
    tally.note(.acknowledged(.success, []), of: ids[0], at: .atLeastOnce)
    tally.note(.failed(.connectionLost), of: ids[1], at: .atLeastOnce)
    tally.note(.failed(.connectionLost), of: ids[2], at: .atLeastOnce)
    tally.note(.failed(.notConnected), of: ids[3], at: .atLeastOnce)
    tally.note(.acknowledged(.quotaExceeded, []), of: ids[4], at: .atLeastOnce)
    #expect(!tally.isIdle)  // the end of the connection is still to be told
    #expect(
      tally.progress(at: .atLeastOnce)
        == "Of 5 messages, 1 had been accepted, 1 had not been accepted, 2 may or may not have arrived, 1 had not been sent."
    )
  }

  @Test func `of one message it is said whether it may have arrived`() {
    var sent = PublishTally()
    sent.note(.failed(.connectionLost), of: sent.start(size: 1), at: .atLeastOnce)
    #expect(sent.progress(at: .atLeastOnce) == "The message may or may not have arrived.")
    var unsent = PublishTally()
    unsent.note(.failed(.notConnected), of: unsent.start(size: 1), at: .atLeastOnce)
    #expect(unsent.progress(at: .atLeastOnce) == "The message was not sent.")
  }

  @Test func `at QoS 0 nobody accepts a message, and before the first there is none`() {
    var tally = PublishTally()
    #expect(tally.progress(at: .atMostOnce) == "No message had been sent.")
    for _ in 0..<2 { tally.note(.sent(packetID: 0, isDuplicate: false), of: tally.start(size: 1), at: .atMostOnce) }
    #expect(tally.progress(at: .atMostOnce) == "Of 2 messages, 2 had been sent.")
  }

  @Test func `nobody subscribed is no failure`() {
    var tally = PublishTally()
    tally.note(.acknowledged(.noMatchingSubscribers, []), of: tally.start(size: 1), at: .atLeastOnce)
    #expect(tally.outcome == nil)
  }

  @Test func `a refusal ends with 77, any other failure with 1`() {
    var tally = PublishTally()
    tally.note(.acknowledged(.notAuthorized, []), of: tally.start(size: 1), at: .atLeastOnce)
    #expect(tally.outcome?.exitCode == 77)
    var other = PublishTally()
    other.note(.received(.quotaExceeded, [.reasonString("full")]), of: other.start(size: 1), at: .exactlyOnce)
    #expect(other.outcome == .failed("The broker did not accept the message: 151 Quota exceeded. It says: “full”."))
  }

  @Test func `of many messages the failures are counted and the first is told`() {
    var tally = PublishTally()
    tally.note(.failed(.maximumQoS(.atMostOnce)), of: tally.start(size: 1), at: .atLeastOnce)
    tally.note(.acknowledged(.success, []), of: tally.start(size: 1), at: .atLeastOnce)
    guard case .failed(let sentence) = tally.outcome else {
      Issue.record("\(String(describing: tally.outcome))")
      return
    }
    #expect(sentence.hasPrefix("1 of 2 messages") && sentence.contains("QoS 0 at most"))
  }
}
