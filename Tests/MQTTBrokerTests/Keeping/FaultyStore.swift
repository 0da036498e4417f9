import Synchronization

@testable import MQTTBroker

/// A store in memory that stops working when a test says so.
final class FaultyStore: BrokerStore {
  struct Broken: Error {}

  /// What fails, and whether that was the end; asked by the store on its event loop.
  final class Faults: Sendable {
    let commits = Mutex(false)
    let loads = Mutex(false)
    let hasEnded = Mutex(false)
  }

  private let faults: Faults
  private(set) var mirror = KeptMirror()
  /// How often it was asked whether it works again.
  private(set) var probes = 0

  init(_ faults: Faults) { self.faults = faults }

  func load(at now: Int64) throws -> Kept {
    if faults.loads.withLock({ $0 }) { throw Broken() }
    return mirror.kept
  }

  func commit(_ changes: [Change], at now: Int64) throws {
    if faults.commits.withLock({ $0 }) { throw Broken() }
    for change in changes { mirror.take(change) }
  }

  func probe() throws {
    probes += 1
    if faults.commits.withLock({ $0 }) { throw Broken() }
  }

  func beat() {}

  var hasRoom: Bool { true }

  func close() {}
}
