import FoundationEssentials
import Glibc
import MQTT
import NIOCore
import TestSupport
import Testing

@testable import MQTTClient

/// The file: what is written is read, torn or changed bytes are not, and nobody else has it meanwhile.
struct JournalTests {
  private static let entries: [JournalEntry] = [
    .began(.v5, clientID: "ö"),
    .sent(7, Publish(topic: "a/b", payload: ByteBuffer(string: "x"), qos: .exactlyOnce, packetID: 65_535)),
    .sent(
      RequestID(7).ofEarlierRun,
      Publish(
        topic: "c", payload: ByteBuffer(repeating: 0, count: 300), qos: .atLeastOnce, isRetained: true,
        isDuplicate: true, packetID: 1, properties: [.contentType("text"), .userProperty(UserProperty("k", "v"))])),
    .released(65_535), .finished(1), .received(9), .handedOver(9),
    .subscribed(
      Subscription(filter: "$share/g/+/#", qos: .exactlyOnce, retainAsPublished: true), [.subscriptionIdentifier(3)]),
    .taken(.max), .unsubscribed("x/#"), .ended, .began(.v3_1_1, clientID: "c", lastRequest: 300),
    .subscribed(Subscription(filter: "a", qos: .atLeastOnce), []),
    .sent(1, Publish(topic: "t", qos: .atLeastOnce, packetID: 2)),
  ]
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/state/sessions/journal"
  }

  private var bytes: [UInt8] {
    get throws { Array(try Data(contentsOf: URL(filePath: path))) }
  }

  private func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

  private func read() throws -> [JournalEntry] { try Journal.open(path).1 }

  /// Makes the file and fills it.
  private func fill() throws {
    let (journal, found) = try Journal.open(path)
    #expect(found.isEmpty)
    try journal.rewrite([])
    for entry in Self.entries { journal.append(entry) }
    try journal.commit()
  }

  @Test func `what was written is read, and only we may read it`() throws {
    try fill()
    #expect(try read() == Self.entries)
    var facts = stat()
    #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    #expect(stat("\(folder.path)/state", &facts) == 0 && facts.st_mode & 0o777 == 0o700)
  }

  @Test func `an entry that is not committed is not there`() throws {
    try fill()
    let (journal, _) = try Journal.open(path)
    journal.append(.received(1))
    #expect(try bytes.count > 0)
    #expect(JournalFormat.read(ByteBuffer(bytes: try bytes))?.entries == Self.entries)
  }

  @Test func `a file torn at any byte says what was whole`() throws {
    try fill()
    let whole = try bytes
    var ends = 0
    for size in JournalFormat.mark.count..<whole.count {
      let (entries, end) = try #require(JournalFormat.read(ByteBuffer(bytes: whole.prefix(size))))
      #expect(entries == Array(Self.entries.prefix(entries.count)) && end <= size)
      if end == size { ends += 1 }
    }
    #expect(ends == Self.entries.count)
  }

  @Test func `a changed bit ends the reading where it is`() throws {
    try fill()
    let whole = try bytes
    for place in JournalFormat.mark.count..<whole.count {
      var changed = whole
      changed[place] ^= 1 << UInt8(place % 8)
      let entries = JournalFormat.read(ByteBuffer(bytes: changed))?.entries ?? []
      #expect(entries.count < Self.entries.count && entries == Array(Self.entries.prefix(entries.count)))
    }
  }

  @Test func `any bytes behind the mark are read or not, and never trap`() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(seed: seed)
    for _ in 0..<2_000 {
      let noise = (0..<Int.random(in: 0...64, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(JournalFormat.read(ByteBuffer(bytes: JournalFormat.mark + noise)) != nil, "seed \(seed)")
    }
  }

  @Test func `one program at a time has the file, even while it is written anew`() throws {
    let (first, _) = try Journal.open(path)
    #expect(throws: JournalError.inUse(path: path)) { try Journal.open(path) }
    try first.rewrite([.began(.v5, clientID: "c")])
    #expect(throws: JournalError.inUse(path: path)) { try Journal.open(path) }
    withExtendedLifetime(first) {}
  }

  @Test func `whoever lets go of the file has done so for a child too that is only being started`() throws {
    var shared: Int32 = -1
    do {
      let (journal, _) = try Journal.open(path)
      let file = try #require((3..<1_024).first { isOpen(path, as: $0) })
      shared = dup(file)  // as a child has it before its own program begins
      withExtendedLifetime(journal) {}
    }
    defer { close(shared) }
    #expect(isOpen(path, as: shared))
    _ = try Journal.open(path)
  }

  private func isOpen(_ path: String, as descriptor: Int32) -> Bool {
    var (named, open) = (stat(), stat())
    return stat(path, &named) == 0 && fstat(descriptor, &open) == 0 && named.st_ino == open.st_ino
      && named.st_dev == open.st_dev
  }

  @Test func `a file of another kind is left as it is`() throws {
    try fill()
    try write(Array("a letter to grandmother".utf8))
    #expect(throws: JournalError.notAJournal(path: path)) { try Journal.open(path) }
    #expect(try bytes == Array("a letter to grandmother".utf8))
    #expect(throws: JournalError.self) { try Journal.open("\(folder.path)/state") }
  }

  @Test func `a place that cannot be is told in a sentence`() throws {
    try folder.write("", to: "file")
    let error = #expect(throws: JournalError.self) { try Journal.open("\(folder.path)/file/journal") }
    #expect(error?.description.contains("will not survive") == true)
  }

  @Test func `a journal that has grown beyond what it says is written anew`() throws {
    let (journal, _) = try Journal.open(path)
    try journal.rewrite([.began(.v5, clientID: "c")])
    let message = Publish(topic: "t", payload: ByteBuffer(repeating: 1, count: 10_000), qos: .atLeastOnce, packetID: 1)
    while !journal.isOvergrown {
      journal.append(.sent(1, message))
      journal.append(.finished(1))
      try journal.commit()
    }
    #expect(try bytes.count > 1 << 20)
    try journal.rewrite([.began(.v5, clientID: "c"), .received(4)])
    #expect(try bytes.count < 200 && !journal.isOvergrown)
    journal.append(.handedOver(4))
    try journal.commit()
    #expect(JournalFormat.read(ByteBuffer(bytes: try bytes))?.entries.last == .handedOver(4))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/state/sessions") == ["journal"])
  }

  @Test func `one who is killed while it is written anew leaves one file, which the next one takes away`() throws {
    let (journal, _) = try Journal.open(path)
    try folder.write("half a jour", to: "state/sessions/journal~")
    try journal.rewrite([.began(.v5, clientID: "c")])
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/state/sessions") == ["journal"])
    #expect(try JournalFormat.read(ByteBuffer(bytes: bytes))?.entries == [.began(.v5, clientID: "c")])
  }

  @Test func `a journal given up says nothing`() throws {
    try fill()
    let (journal, _) = try Journal.open(path)
    journal.abandon()
    #expect(try bytes.isEmpty)
  }

  @Test func `its name is made of characters that every file system takes, and is another for another client`() {
    func name(_ clientID: String, _ host: String = "broker.local") -> String {
      Configuration(.tcp(host: host, port: 1883), clientID: clientID).journalName
    }
    #expect(name("debug-1") == "debug-1@broker.local%3A1883")
    #expect(name("../a b/ü").hasPrefix("%2E.%2Fa%20b%2F%C3%BC@"))
    #expect(name("").hasPrefix("@"))
    #expect(!name("a~").contains("~"), "which is the end of a name that is put in the place of another")
    let long = String(repeating: "x", count: 5_000)
    #expect(name(long).utf8.count <= 200 && name(long) != name(long + "y"))
  }
}
