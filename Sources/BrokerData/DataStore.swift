import MQTT
import MQTTBroker

/// A broker's retained messages and sessions in a SQLite database, in a folder of their own.
///
/// A commit is one transaction in SQLite's write-ahead log and is on the disk when it returns (`synchronous = FULL`), so that
/// what a broker acknowledged survives its end by any signal, and a power cut too. What is shared by several deliveries is
/// written once: `messages` are counted by their users while the broker runs.
package final class DataStore: BrokerStore {
  /// What a store may take.
  package struct Bounds: Sendable {
    /// The largest size of the database in bytes; nil is what the disk has.
    package var size: Int?
    /// How much has to be free for more to be taken on, so that what is under way can be brought to its end.
    package var reserve = 8 << 20

    package init(size: Int? = nil, reserve: Int = 8 << 20) { (self.size, self.reserve) = (size, reserve) }
  }

  /// A message that is written, and how many deliveries and receipts are about it.
  struct Written {
    let message: StoredMessage
    let id: Int
    var users: Int
  }

  let folder: DataFolder
  let database: Database
  let statements: Statements
  let bounds: Bounds
  var written: [ObjectIdentifier: Written] = [:]
  var lastID = 0
  let timeOfDay: () -> Int64
  private let pageSize: Int

  /// Opens what a folder holds, or begins it.
  ///
  /// - Parameter timeOfDay: nanoseconds since 1970.
  package init(
    _ path: String, bounds: Bounds = Bounds(), timeOfDay: @escaping () -> Int64 = DataStore.timeOfDay
  ) throws(DataError) {
    self.timeOfDay = timeOfDay
    folder = try DataFolder(path)
    database = try Database(folder.database)
    self.bounds = bounds
    try Self.prepare(database)
    pageSize = try database.number("PRAGMA page_size")
    if let size = bounds.size { try database.run("PRAGMA max_page_count = \(max(size / pageSize, 1))") }
    statements = try Statements(database)
  }

  /// The system's time of day.
  package static func timeOfDay() -> Int64 { WallTime.now() }

  /// The database's file.
  package var path: String { folder.database }

  /// Looks at whose database it is before anything is written to it, then at whether it is whole; an older one becomes one of
  /// this version.
  private static func prepare(_ database: Database) throws(DataError) {
    let application = try database.number("PRAGMA application_id")
    let version = try database.number("PRAGMA user_version")
    let isEmpty = try database.number("SELECT count(*) FROM sqlite_schema") == 0 && application == 0 && version == 0
    guard isEmpty || application == Schema.application else { throw .foreign(path: database.path) }
    guard version <= Schema.version else { throw .newer(path: database.path, version: version) }
    try database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    if isEmpty {
      try database.run(
        """
        BEGIN IMMEDIATE; \(Schema.tables)
        PRAGMA application_id = \(Schema.application); PRAGMA user_version = \(Schema.version); COMMIT;
        """)
    }
    let check = try database.text("PRAGMA quick_check(1)")
    guard check == "ok" else { throw .damaged(path: database.path, detail: check) }
    guard !isEmpty, version < Schema.version else { return }
    let steps = Schema.steps.dropFirst(max(version, 1) - 1).joined()
    try database.run("BEGIN IMMEDIATE; \(steps) PRAGMA user_version = \(Schema.version); COMMIT;")
  }

  package func commit(_ changes: [Change], at now: Int64) throws {
    guard !changes.isEmpty else { return }
    try transact { () throws(DataError) in
      let clock = WallTime(monotonic: now, wall: timeOfDay())
      for change in changes { try write(change, clock) }
    }
  }

  package func probe() throws {
    try transact { () throws(DataError) in try database.run("PRAGMA user_version = \(Schema.version)") }
  }

  private func transact(_ body: () throws(DataError) -> Void) throws(DataError) {
    try database.run("BEGIN IMMEDIATE")
    do throws(DataError) {
      try body()
      try database.run("COMMIT")
    } catch {
      if database.isInTransaction { try database.run("ROLLBACK") }
      throw error
    }
  }

  package func beat() throws { try folder.beat() }

  package var hasRoom: Bool {
    do throws(DataError) {
      let unused = try statements.first(of: \.unusedPages) * pageSize
      if let size = bounds.size {
        let free = size - (try statements.first(of: \.pages)) * pageSize + unused
        guard free >= bounds.reserve else { return false }
      }
      // What is unused in the file has to go through the log, which needs a part of the disk
      let free = folder.freeSpace
      return free >= bounds.reserve || free >= bounds.reserve / 2 && free + unused >= 2 * bounds.reserve
    } catch {
      return false  // what cannot be read has no room either; the next commit says why
    }
  }

  package func close() {
    do throws(DataError) { try database.run("PRAGMA wal_checkpoint(TRUNCATE)") } catch {
      return  // the log is read at the next start: nothing is lost
    }
  }
}
