import Glibc
import MQTT
import TestSupport
import Testing

/// Messages of QoS 2 through a real broker, from a program to a program, both killed by SIGKILL at random.
///
/// What is proven, and between which two places:
/// - from the lines of the publisher's standard input to the broker: each line is sent once and in order, though the program
///   is given the whole input anew each time. The place in the input is the journal, which is written before a PUBLISH leaves.
/// - from the broker to the subscriber's standard output: each message is written at least once, in order, with its number,
///   and what is written again after a kill has the number that it had. No program can do better to a pipe, as it may be
///   killed between the write and any note of it; with the number its reader can, and this test is that reader.
/// - from the broker to the file of `--output`: each message stands there once and in order.
///
/// So each line comes once and in order from the publisher's input to that reader or file. A kill that falls between two lines is a
/// SIGKILL like any other: the program is in the middle of deliveries both times. `MQTTSCOPE_FIRE=10000,500` is the full size: messages, and kills.
@Suite(.serialized) struct KilledUnderFireTests {
  private let messages: Int
  private let kills: Int
  private let broker: Mosquitto

  init() throws {
    let size = getenv("MQTTSCOPE_FIRE").map { String(cString: $0) } ?? "2000,20"
    let numbers = size.split(separator: ",").compactMap { Int($0) }
    (messages, kills) = (numbers.first ?? 2_000, numbers.last ?? 20)
    broker = try Mosquitto { _ in ["allow_anonymous true", "max_queued_messages 1000000", "max_inflight_messages 20"] }
  }

  @Test(arguments: ["5", "3.1.1"], [false, true])
  func `every line comes once and in order, whoever is killed`(version: String, toFile: Bool) throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(seed: seed)
    let programs = try KilledPrograms(broker.url, version: version, toFile: toFile, publishing: messages)
    let start = ContinuousClock.now
    // The last line that may have been printed before the next kill
    func share(_ number: Int) -> Int { min(messages, messages * number / kills) }
    var next = 0
    while programs.last < messages || !programs.isPublished || programs.kills < kills {
      programs.allowance = share(programs.kills + 2)
      do { try programs.step() } catch { throw TestSupportError("seed \(seed), \(programs.kills) kills: \(error)") }
      if ContinuousClock.now - start > .seconds(60 + kills) {
        throw TestSupportError("too slow: \(programs.last) lines, \(programs.kills) kills, seed \(seed)")
      }
      guard programs.kills < kills, programs.last >= next else { continue }
      try programs.kill(publisher: Bool.random(using: &random))
      next = Int.random(in: share(programs.kills)...share(programs.kills + 1), using: &random)
    }
    let time = ContinuousClock.now - start
    #expect(programs.last == messages && programs.kills == kills, "seed \(seed)")
    if toFile { #expect(programs.repeated == 0, "seed \(seed)") }
    // Those of the two sessions, and what is known of the input
    #expect(try programs.files.count { !$0.hasSuffix("~") } == 3 && programs.files.count <= 6)
    #expect(programs.highest.descriptors < 24 && programs.highest.memory < 96 << 10, "\(programs.highest)")
    print(
      "MQTT \(version): \(messages) lines to \(toFile ? "a file" : "a pipe"), \(programs.kills) kills, "
        + "\(programs.repeated) written again, at most "
        + "\(programs.highest.descriptors) descriptors and \(programs.highest.memory) KiB, seed \(seed), \(time)")
  }
}
