/// The statements of a store, prepared once.
struct Statements {
  let session, endSession, endSubscriptions, subscription, endSubscription: Statement
  let retained, endRetained, message, endMessage: Statement
  let delivery, beginDelivery, receiveDelivery, endDelivery, receipt, endReceipt: Statement
  let unusedPages, pages: Statement

  init(_ database: Database) throws(DataError) {
    session = try database.prepare(
      """
      INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (client_id) DO UPDATE SET username = excluded.username, expiry = excluded.expiry,
        is_connected = excluded.is_connected, ends_at = excluded.ends_at, will_topic = excluded.will_topic,
        will_payload = excluded.will_payload, will_qos = excluded.will_qos, will_retain = excluded.will_retain,
        will_properties = excluded.will_properties, will_due_at = excluded.will_due_at
      """)
    endSession = try database.prepare("DELETE FROM sessions WHERE client_id = ?")
    endSubscriptions = try database.prepare("DELETE FROM subscriptions WHERE client_id = ?")
    subscription = try database.prepare("INSERT OR REPLACE INTO subscriptions VALUES (?, ?, ?, ?, ?, ?, ?)")
    endSubscription = try database.prepare(
      "DELETE FROM subscriptions WHERE client_id = ? AND share = ? AND filter = ?")
    // The row stays where it is, since the order of topics is the one of their coming
    retained = try database.prepare(
      """
      INSERT INTO retained VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (topic) DO UPDATE SET payload = excluded.payload,
        qos = excluded.qos, expires_at = excluded.expires_at, properties = excluded.properties,
        username = excluded.username, client_id = excluded.client_id
      """)
    endRetained = try database.prepare("DELETE FROM retained WHERE topic = ?")
    message = try database.prepare("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)")
    endMessage = try database.prepare("DELETE FROM messages WHERE id = ?")
    delivery = try database.prepare("INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    beginDelivery = try database.prepare("UPDATE deliveries SET packet_id = ? WHERE number = ?")
    receiveDelivery = try database.prepare("UPDATE deliveries SET is_received = 1 WHERE number = ?")
    endDelivery = try database.prepare("DELETE FROM deliveries WHERE number = ?")
    receipt = try database.prepare("INSERT INTO receipts VALUES (?, ?, ?)")
    endReceipt = try database.prepare("DELETE FROM receipts WHERE client_id = ? AND packet_id = ?")
    unusedPages = try database.prepare("PRAGMA freelist_count")
    pages = try database.prepare("PRAGMA page_count")
  }

  /// The number that one of them gives.
  func first(of statement: KeyPath<Statements, Statement>) throws(DataError) -> Int {
    let statement = self[keyPath: statement]
    defer { statement.reset() }
    return try statement.step() ? statement.number(0) : 0
  }
}
