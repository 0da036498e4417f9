import FoundationEssentials
import Glibc
import MQTT
import Testing

/// How long the fuzz tests run, and from which seed: `MQTTSCOPE_FUZZ=600` runs each of them for 600 seconds,
/// `MQTTSCOPE_FUZZ=0,17` is the one round with the seed 17, to see a failure again.
enum FuzzRun {
  private static let numbers = getenv("MQTTSCOPE_FUZZ").map { name in
    String(cString: name).split(separator: ",").map { UInt64($0) ?? 0 }
  }

  /// How long each of them runs; 0 is one round.
  static var seconds: UInt64 { numbers?.first ?? 0 }

  /// Runs rounds, each with a seed of its own, until the time is over or one fails.
  static func rounds(_ name: String, seed usual: UInt64, _ round: (inout SplitMix) throws -> Int) {
    let first = numbers.map { $0.count > 1 ? $0[1] : .random(in: .min ... .max) } ?? usual
    let start = ContinuousClock.now
    var (steps, count, seed) = (0, 0, first)
    repeat {
      var random = SplitMix(seed: seed)
      do { steps += try round(&random) } catch {
        Issue.record("MQTTSCOPE_FUZZ=0,\(seed): \(error)")
        return
      }
      count += 1
      seed &+= 1
    } while ContinuousClock.now < start + .seconds(seconds)
    if seconds > 0 { print("\(name): \(count) rounds, \(steps) steps, seeds from \(first)") }
  }
}

/// What a broker did that it must not do.
struct FuzzFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// Fails unless a claim holds.
  static func unless(_ claim: Bool, _ words: @autoclosure () -> String) throws(FuzzFailure) {
    if !claim { throw FuzzFailure(words()) }
  }
}
