import TestSupport

/// The built-in broker beside mosquitto, and what each answers to the same bytes.
final class BothBrokers {
  private let ours: BuiltInBroker
  private let theirs: Mosquitto

  init() throws {
    ours = try BuiltInBroker()
    theirs = try Mosquitto()
  }

  /// What a broker says to bytes, and whether it closes.
  struct Answer: Equatable, CustomStringConvertible {
    var packets: [[UInt8]] = []
    var isClosed = false

    var description: String {
      let words = packets.map { packet in
        packet.map { (($0 < 16 ? "0" : "") + String($0, radix: 16)).uppercased() }.joined(separator: " ")
      }
      return (words + (isClosed ? ["closed"] : [])).joined(separator: ", ")
    }
  }

  /// Says something to both, and nothing else; how each answers. Where mosquitto closes, the built-in broker is waited for.
  func answers(to bytes: [UInt8], behind connect: [UInt8]?) throws -> (ours: Answer, theirs: Answer) {
    func ask(_ port: UInt16, for duration: Duration) throws -> Answer {
      let connection = try Loopback.connect(port: port)
      if let connect {
        try connection.send(connect)
        _ = try connection.receivePacket()
      }
      try connection.send(bytes)
      var answer = Answer()
      Self.listen(to: connection, &answer, for: duration) { _ in false }
      return answer
    }
    let silence = Duration.milliseconds(200)
    let theirs = try ask(theirs.port, for: silence)
    return (try ask(ours.port, for: theirs.isClosed ? .seconds(20) : silence), theirs)
  }

  /// Plays a conversation on both: each line is the number of a client and what it says, or how its connection ends.
  /// After each line all clients ask for an answer to PINGREQ, so that whatever was due has come.
  func play(_ lines: [String]) throws -> (ours: [String], theirs: [String]) {
    func play(on port: UInt16) throws -> [String] {
      var connections: [Character: ScriptedServer.Connection] = [:]
      var said: [String] = []
      for line in lines {
        guard let name = line.first else { continue }
        let words = String(line.dropFirst(2))
        if words == "lost" {
          try connections.removeValue(forKey: name)?.closeInOrder()
        } else {
          let connection = try connections[name] ?? Loopback.connect(port: port)
          connections[name] = connection
          try connection.send([UInt8](written: words))
        }
        for (other, connection) in connections.sorted(by: {
          ($0.key == name ? " " : $0.key) < ($1.key == name ? " " : $1.key)
        }) {
          var answer = Answer()
          // A broker that has closed resets what comes then, and that is an answer too
          try? connection.send([0xC0, 0])
          Self.listen(to: connection, &answer, for: .seconds(20)) { $0 == [0xD0, 0] }
          if answer.isClosed { connections[other] = nil }
          if answer != Answer() { said.append("\(line) → \(other): \(answer)") }
        }
      }
      return said
    }
    return (try play(on: ours.port), try play(on: theirs.port))
  }

  private static func listen(
    to connection: ScriptedServer.Connection, _ answer: inout Answer, for duration: Duration,
    until isLast: ([UInt8]) -> Bool
  ) {
    while true {
      do {
        let packet = try connection.receivePacket(within: duration)
        if isLast(packet) { return }
        answer.packets.append(packet)
      } catch {
        answer.isClosed = !error.description.contains("in time")
        return
      }
    }
  }
}
