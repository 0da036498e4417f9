import BrokerData
import FoundationEssentials
import Glibc
import MQTT
import TestSupport
import Testing

@testable import MQTTBroker

/// Whose a folder is, and what is not a broker's.
struct DataFolderTests {
  private let folder: TemporaryFolder
  private var path: String { "\(folder.path)/data/here" }
  private var file: String { "\(path)/broker.sqlite" }

  init() throws { folder = try TemporaryFolder() }

  private func sqlite(_ sql: String) throws {
    let outcome = try PipedProgram.run("sqlite3", [file, sql])
    #expect(outcome.status == .exited(0), "\(outcome.errorText)")
  }

  private func mode(_ path: String) -> mode_t {
    var facts = stat()
    #expect(stat(path, &facts) == 0)
    return facts.st_mode & 0o777
  }

  @Test func `the files are for nobody else, whatever the umask says`() throws {
    let store = try DataStore(path)
    try store.commit([.retainedEnded([0x61])], at: 0)
    #expect(mode(path) == 0o700)
    for name in try FileManager.default.contentsOfDirectory(atPath: path) { #expect(mode("\(path)/\(name)") == 0o600) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 4)
  }

  @Test func `two brokers cannot share a folder, and the next one can have it`() throws {
    var store: DataStore? = try DataStore(path)
    #expect(throws: DataError.inUse(path: path)) { try DataStore(path) }
    #expect(store != nil)
    store = nil
    store = try DataStore(path)
  }

  @Test func `who was connected was so until the last heartbeat, and not longer ago than is known`() throws {
    for (ago, expected) in [(Int64(100), Int64(902)), (1, 1_000), (-50, 1_000)] {
      let day = DataStore.timeOfDay()
      try DataStore(path).beat()
      let time = timespec(tv_sec: Int(day / second - ago), tv_nsec: Int(day % second))
      #expect(utimensat(AT_FDCWD, "\(path)/lock", [time, time], 0) == 0)
      #expect(try DataStore(path, timeOfDay: { day }).load(at: 1_000 * second).endedAt == expected * second)
    }
  }

  @Test func `what is no database, or that of somebody else, is left as it is`() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let text = Data("Dear diary, this is longer than the head of any database is, which has a hundred bytes. ".utf8)
    try text.write(to: URL(filePath: file))
    #expect(throws: DataError.foreign(path: file)) { try DataStore(path) }
    #expect(try Data(contentsOf: URL(filePath: file)) == text)
    try FileManager.default.removeItem(atPath: file)
    try sqlite("CREATE TABLE recipes (name); INSERT INTO recipes VALUES ('cake')")
    let bytes = try Data(contentsOf: URL(filePath: file))
    #expect(throws: DataError.foreign(path: file)) { try DataStore(path) }
    #expect(try Data(contentsOf: URL(filePath: file)) == bytes)
  }

  @Test func `a database of a newer version is left to that`() throws {
    _ = try DataStore(path)
    try sqlite("PRAGMA user_version = 3")
    #expect(throws: DataError.newer(path: file, version: 3)) { try DataStore(path) }
  }

  @Test(arguments: [
    "INSERT INTO retained VALUES ('a/#', x'00', 0, NULL, x'', NULL, NULL)",
    "INSERT INTO retained VALUES ('a', x'00', 3, NULL, x'', NULL, NULL)",
    "INSERT INTO retained VALUES ('a', x'00', 0, NULL, x'0200000001', NULL, NULL)",
    "INSERT INTO retained VALUES (CAST(x'FF' AS TEXT), x'00', 0, NULL, x'', NULL, NULL)",
    "INSERT INTO deliveries VALUES (1, 's', 7, 1, 0, '', 0, 0)",
    "INSERT INTO messages VALUES (9223372036854775807, 't', x'00', 1, 0, NULL, x'')",
    "INSERT INTO receipts VALUES ('s', 0, 1)",
    "INSERT INTO sessions VALUES ('s', NULL, -1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO sessions VALUES ('s', NULL, 1, 0, NULL, 'will', x'', 0, 0, x'FF', NULL)",
    "INSERT INTO subscriptions VALUES ('s', '', 'a', 0, 0, 0, -1)",
  ]) func `a row that no broker has written is said, and nobody falls over it`(sql: String) throws {
    _ = try DataStore(path)
    try sqlite(sql)
    #expect {
      try DataStore(path).load(at: 0)
    } throws: {
      guard case .damaged(file, _) = $0 as? DataError else { return false }
      return true
    }
  }

  @Test func `numbers and times beyond all sense do no harm`() throws {
    _ = try DataStore(path)
    let most = Int64.max
    try sqlite(
      """
      INSERT INTO sessions VALUES ('', NULL, 9, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
      INSERT INTO sessions VALUES ('s', NULL, 9, 0, \(most), 'w', x'', 0, 0, x'', \(most));
      INSERT INTO sessions VALUES ('t', NULL, 4294967295, 1, -\(most), NULL, NULL, NULL, NULL, NULL, NULL);
      INSERT INTO retained VALUES ('\(String(repeating: "/", count: 60_000))', x'00', 0, NULL, x'', NULL, NULL);
      INSERT INTO retained VALUES ('a', x'00', 0, \(most), x'', 'ann', NULL);
      INSERT INTO retained VALUES ('b', x'00', 0, -\(most), x'', NULL, '');
      INSERT INTO messages VALUES (1, 't', x'00', 2, 0, NULL, x'');
      INSERT INTO deliveries VALUES (1, 't', 1, 1, 0, '', 5, 1);
      INSERT INTO deliveries VALUES (2, 't', 1, 1, 0, '7', 5, 0);
      INSERT INTO deliveries VALUES (3, 'nobody', 1, 1, 0, '', 5, 0);
      INSERT INTO receipts VALUES ('nobody', 5, 1);
      """)
    var script = Script(isKeeping: true)
    script.now = second
    script.restart(with: try DataStore(path).load(at: second))
    _ = script.wait(1)
    let said = script.connect(1, "t", clean: false, [.sessionExpiryInterval(9)])
    #expect(said.messages(to: 1).map(\.packetID) == [5])
    #expect(script.subscribe("#", from: 1).topics(to: 1).contains("a"))
  }

  @Test func `a damaged page is found at the start`() throws {
    var store: DataStore? = try DataStore(path)
    let messages = try (0..<2_000).map { try StoredMessage(Publish(topic: "t/\($0)", isRetained: true), at: 0) }
    try store?.commit(messages.map { .retained(Kept.Retained(message: $0, publisher: nil)) }, at: 0)
    store?.close()
    store = nil
    let handle = open(file, O_WRONLY)
    defer { close(handle) }
    let noise = [UInt8](repeating: 0xA5, count: 4_096)
    for page in 12..<20 { #expect(pwrite(handle, noise, noise.count, off_t(page * 4_096)) == noise.count) }
    #expect {
      try DataStore(path)
    } throws: {
      guard case .damaged(file, _) = $0 as? DataError else { return false }
      return true
    }
  }

  @Test func `a folder that cannot be made is said with its reason`() throws {
    try folder.write("", to: "file")
    #expect(throws: DataError.folder(path: "\(folder.path)/file/data/", code: ENOTDIR)) {
      try DataStore("\(folder.path)/file/data")
    }
    #expect(throws: DataError.folder(path: "\(folder.path)/file", code: ENOTDIR)) {
      try DataStore("\(folder.path)/file")
    }
    #expect(throws: DataError.self) { try DataStore("") }
  }
}
