import MQTT
import MQTTBroker
import NIOCore

extension DataStore {
  /// How long after its last heartbeat a broker may have been there at most.
  private static let heartbeat: Int64 = 2_000_000_000  // nanoseconds

  /// Reads everything. A row that no broker would write is an error, and not passed over: what it was is not known.
  package func load(at now: Int64) throws -> Kept {
    let clock = WallTime(monotonic: now, wall: timeOfDay())
    written.removeAll()
    var kept = Kept()
    let latest = now - Self.heartbeat
    kept.endedAt = folder.lastBeat.map { min(clock.moment(nanoseconds: $0), latest) + Self.heartbeat } ?? now
    try forEach("SELECT * FROM sessions ORDER BY rowid") { row throws(DataError) in
      kept.sessions.append(try session(row, clock))
    }
    try forEach("SELECT * FROM subscriptions ORDER BY rowid") { row throws(DataError) in
      kept.subscriptions.append(
        Kept.Subscription(
          clientID: row.bytes(0), share: row.bytes(1), filter: row.bytes(2), qos: try qos(row.number(3)),
          noLocal: row.number(4) != 0, retainAsPublished: row.number(5) != 0,
          identifier: try within(row.number(6), 0...268_435_455, "a subscription identifier")))
    }
    var publishers: Set<Publisher> = []  // one object for all messages of one
    let retained = "SELECT topic, properties, payload, qos, 1, expires_at, username, client_id FROM retained"
    try forEach("\(retained) ORDER BY rowid") { row throws(DataError) in
      let publisher = publisher(row, from: 6).map { publishers.insert($0).memberAfterInsert }
      kept.retained.append(Kept.Retained(message: try message(row, from: 0, clock), publisher: publisher))
    }
    let messages = try messages(clock)
    try forEach("SELECT * FROM deliveries ORDER BY number") { row throws(DataError) in
      kept.deliveries.append(
        Kept.Delivery(
          clientID: row.bytes(1), number: try within(row.number(0), 0...Int.max / 2, "a number"),
          message: try use(row.number(2), of: messages), qos: try qos(row.number(3)), isRetained: row.number(4) != 0,
          identifiers: try identifiers(row.bytes(5)), packetID: try within(row.number(6), 0...65_535, "a packet"),
          isReceived: row.number(7) != 0))
    }
    try forEach("SELECT * FROM receipts") { row throws(DataError) in
      kept.receipts.append(
        Kept.Receipt(
          clientID: row.bytes(0), packetID: try within(row.number(1), 1...65_535, "a packet"),
          message: try use(row.number(2), of: messages)))
    }
    return kept
  }

  private func forEach(_ sql: String, _ body: (Statement) throws(DataError) -> Void) throws(DataError) {
    let statement = try database.prepare(sql)
    while try statement.step() { try body(statement) }
  }

  private func session(_ row: Statement, _ clock: WallTime) throws(DataError) -> Kept.Session {
    var pendingWill: Kept.PendingWill?
    if !row.isNone(5) {
      let properties: Properties
      do throws(MalformedPacket) { properties = try Properties(ofWill: row.bytes(9).span.bytes) } catch {
        throw damage("a will: \(error)")
      }
      let topic = String(decoding: row.bytes(5), as: UTF8.self)
      do throws(TopicError) { try TopicName.validate(topic) } catch { throw damage("a will: \(error)") }
      let will = Will(
        topic: topic, payload: ByteBuffer(bytes: row.bytes(6)), qos: try qos(row.number(7)),
        isRetained: row.number(8) != 0, properties: properties)
      pendingWill = Kept.PendingWill(message: will, dueAt: clock.moment(row.isNone(10) ? nil : row.number(10)))
    }
    let isConnected = row.number(3) != 0
    return Kept.Session(
      clientID: row.bytes(0), username: username(row, at: 1),
      expiry: try within(row.number(2), 0...Int(UInt32.max), "an expiry"),
      endsAt: isConnected ? nil : clock.moment(row.isNone(4) ? nil : row.number(4)), pendingWill: pendingWill)
  }

  private func username(_ row: Statement, at column: Int32) -> String? {
    row.isNone(column) ? nil : String(decoding: row.bytes(column), as: UTF8.self)
  }

  private func publisher(_ row: Statement, from column: Int32) -> Publisher? {
    guard !row.isNone(column + 1) else { return nil }
    return Publisher(username: username(row, at: column), clientID: row.bytes(column + 1))
  }

  private func messages(_ clock: WallTime) throws(DataError) -> [Int: StoredMessage] {
    var messages: [Int: StoredMessage] = [:]
    try forEach("SELECT id, topic, properties, payload, qos, retain, expires_at FROM messages") {
      row throws(DataError) in
      let id = try within(row.number(0), 0...Int.max / 2, "a message's number") as Int
      messages[id] = try message(row, from: 1, clock)
      lastID = max(lastID, id)
    }
    return messages
  }

  private func message(_ row: Statement, from column: Int32, _ clock: WallTime) throws(DataError) -> StoredMessage {
    let qos = try qos(row.number(column + 3))
    let expiry = row.isNone(column + 5) ? nil : clock.moment(row.number(column + 5))
    do throws(MalformedPacket) {
      return try StoredMessage(
        topic: row.bytes(column), properties: row.bytes(column + 1), payload: row.bytes(column + 2), qos: qos,
        isRetained: row.number(column + 4) != 0, expiresAt: expiry)
    } catch {
      throw damage("a message: \(error)")
    }
  }

  private func use(_ id: Int, of messages: [Int: StoredMessage]) throws(DataError) -> StoredMessage {
    guard let message = messages[id] else { throw damage("message \(id) is missing") }
    written[ObjectIdentifier(message), default: Written(message: message, id: id, users: 0)].users += 1
    return message
  }

  private func identifiers(_ text: [UInt8]) throws(DataError) -> [UInt32] {
    var identifiers: [UInt32] = []
    for part in String(decoding: text, as: UTF8.self).split(separator: ",") {
      identifiers.append(try within(Int(part) ?? -1, 1...268_435_455, "a subscription identifier"))
    }
    return identifiers
  }

  private func qos(_ number: Int) throws(DataError) -> QoS {
    guard let qos = UInt8(exactly: number).flatMap(QoS.init) else { throw damage("a QoS is \(number)") }
    return qos
  }

  private func within<Number: FixedWidthInteger>(
    _ number: Int, _ range: ClosedRange<Int>, _ name: String
  ) throws(DataError) -> Number {
    guard range.contains(number), let exact = Number(exactly: number) else { throw damage("\(name) is \(number)") }
    return exact
  }

  private func damage(_ detail: String) -> DataError { .damaged(path: path, detail: detail) }
}
