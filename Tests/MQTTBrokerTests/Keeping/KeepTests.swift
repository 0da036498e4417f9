import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// A state that is told what another one told goes on where that one stopped, whenever that was.
struct KeepTests {
  private static let bounds: @Sendable (inout BrokerLimits) -> Void = {
    $0.unsentBytes = 200
    $0.queuedBytes = 1_500
    $0.queuedMessages = 20
    $0.receiveMaximum = 3
    $0.retainedMessages = 10
  }

  /// With rules it is kept who published a message, even by those that allow everything.
  private static func access(_ seed: Int) throws -> Access {
    seed.isMultiple(of: 2) ? Access() : Access(rules: try AccessRules("topic #\ntopic $x/#"))
  }

  @Test(arguments: 0..<12) func `what a state tells is what has to be kept of it, after every step`(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    var script = Script(try Self.access(seed), isKeeping: true, Self.bounds)
    var mirror = KeptMirror()
    for step in 0..<300 {
      script.step(&random)
      mirror.follow(&script)
      #expect(mirror.kept.sorted == script.state.toBeKept.sorted, "seed \(seed), step \(step)")
    }
  }

  @Test func `steps at random bring about every kind of change`() {
    var random = SplitMix(seed: 3)
    var script = Script(isKeeping: true, Self.bounds)
    var mirror = KeptMirror()
    for _ in 0..<2_000 {
      script.step(&random)
      mirror.follow(&script)
    }
    #expect(mirror.kinds.count == 12, "\(mirror.kinds.sorted())")
  }

  @Test(arguments: 0..<12) func `a broker that is killed at any moment knows all of it afterwards`(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed) + 100)
    var script = Script(try Self.access(seed), isKeeping: true, Self.bounds)
    var mirror = KeptMirror()
    for life in 0..<20 {
      for _ in 0..<Int.random(in: 1...60, using: &random) {
        script.step(&random)
        mirror.follow(&script)
      }
      var kept = mirror.kept
      kept.endedAt = script.now
      script.now += Int64.random(in: 0...3, using: &random) * second
      var expected = Self.afterCrash(kept, at: script.now)
      script.restart(with: kept)
      mirror.follow(&script)
      let restored = script.state.toBeKept.sorted
      expected.endedAt = 0
      #expect(restored == expected.sorted, "seed \(seed), life \(life)")
      #expect(mirror.kept.sorted == restored, "seed \(seed), life \(life)")
    }
  }

  @Test func `a broker that keeps nothing tells nothing`() {
    var random = SplitMix(seed: 7)
    var script = Script(isKeeping: false, Self.bounds)
    for _ in 0..<1_000 {
      script.step(&random)
      #expect(script.state.changes.isEmpty)
    }
  }

  /// What has to be there after a crash: those who were connected are not, and what has expired is gone.
  private static func afterCrash(_ kept: Kept, at now: Int64) -> Kept {
    var kept = kept
    for place in kept.sessions.indices where kept.sessions[place].endsAt == nil {
      let session = kept.sessions[place]
      let end = kept.endedAt + Int64(session.expiry) * second
      kept.sessions[place].endsAt = session.expiry == .max ? .max : session.expiry == 0 ? now : end
      kept.sessions[place].pendingWill?.dueAt = kept.endedAt
    }
    kept.retained.removeAll { $0.message.expiresAt.map { $0 <= now } ?? false }
    return kept
  }
}
