/// The tables, as people can query them: `sqlite3 -readonly DIR/broker.sqlite 'SELECT topic, payload FROM retained'`.
///
/// Times are milliseconds since 1970. `properties` are those of MQTT 5.0 as on the wire, without their length.
enum Schema {
  /// The version of the tables, `PRAGMA user_version`.
  static let version = 2
  /// What says that a database is a broker's, `PRAGMA application_id`: "MQsb".
  static let application = 0x4D51_7362

  static let tables = """
    CREATE TABLE sessions (
      client_id TEXT PRIMARY KEY,
      username TEXT,
      expiry INTEGER NOT NULL,          -- seconds that it outlives its connection; 4294967295 is for ever
      is_connected INTEGER NOT NULL,
      ends_at INTEGER,                  -- NULL is never, or not known yet
      will_topic TEXT,
      will_payload BLOB,
      will_qos INTEGER,
      will_retain INTEGER,
      will_properties BLOB,
      will_due_at INTEGER               -- NULL while the client is connected
    ) STRICT;
    CREATE TABLE subscriptions (
      client_id TEXT NOT NULL,
      share TEXT NOT NULL,              -- the name in $share/NAME/FILTER, or nothing
      filter TEXT NOT NULL,
      qos INTEGER NOT NULL,
      no_local INTEGER NOT NULL,
      retain_as_published INTEGER NOT NULL,
      identifier INTEGER NOT NULL,      -- 0 is none
      UNIQUE (client_id, share, filter)
    ) STRICT;
    CREATE TABLE retained (
      topic TEXT NOT NULL UNIQUE,
      payload BLOB NOT NULL,
      qos INTEGER NOT NULL,
      expires_at INTEGER,
      properties BLOB NOT NULL,
      username TEXT,                    -- of its publisher
      client_id TEXT                    -- of its publisher; NULL if nobody is remembered
    ) STRICT;
    CREATE TABLE messages (             -- what deliveries and receipts are about
      id INTEGER PRIMARY KEY,
      topic TEXT NOT NULL,
      payload BLOB NOT NULL,
      qos INTEGER NOT NULL,
      retain INTEGER NOT NULL,
      expires_at INTEGER,
      properties BLOB NOT NULL
    ) STRICT;
    CREATE TABLE deliveries (           -- messages of QoS 1 and 2 on their way to a session
      number INTEGER PRIMARY KEY,       -- their order
      client_id TEXT NOT NULL,
      message INTEGER NOT NULL,
      qos INTEGER NOT NULL,
      retain INTEGER NOT NULL,
      identifiers TEXT NOT NULL,        -- of the subscriptions, with commas
      packet_id INTEGER NOT NULL,       -- 0 while it waits
      is_received INTEGER NOT NULL      -- whether PUBREC came
    ) STRICT;
    CREATE TABLE receipts (             -- messages of QoS 2 from a client that has not sent PUBREL
      client_id TEXT NOT NULL,
      packet_id INTEGER NOT NULL,
      message INTEGER NOT NULL,
      UNIQUE (client_id, packet_id)
    ) STRICT;
    """

  /// What makes the tables of each version, from 1 on, those of the next.
  static let steps = ["ALTER TABLE retained ADD COLUMN username TEXT; ALTER TABLE retained ADD COLUMN client_id TEXT;"]
}
