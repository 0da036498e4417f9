import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// What several tests of the explorer do, and look at.
extension Exploration {
  /// Another client's subscription to everything; it prints `QoS retain topic payload` for each message.
  static func witness(of broker: Mosquitto) throws -> PipedProgram {
    let arguments = [
      "-p", "\(broker.port)", "-V", "mqttv5", "-q", "2", "-t", "home/#", "-d",
      "--retain-as-published", "-F", "%q %r %t %p",
    ]
    let witness = try PipedProgram("mosquitto_sub", arguments)
    try witness.wait { $0.text.contains("Subscribed") }
    return witness
  }

  /// Opens the form on a topic with a value: the payload has the keys.
  func openForm(version: String = "5") throws {
    try session.type("p")
    try session.wait { $0.contains("MQTT \(version == "5" ? "5.0" : version) ╮") && $0.contains("(empty)") }
  }

  /// The program's memory in KiB as the kernel counts it.
  static func residentMemory(of session: TerminalSession) throws -> Int {
    try ProcessCost(of: session.device.process.pid).memory
  }

  /// Presses Escape, and waits until it is known not to begin a longer key.
  func escape(until isExpected: (Screen) -> Bool) throws {
    try session.press(.escape)
    try session.wait(until: isExpected)
  }

  /// An executable script in a folder; returns its path.
  static func script(_ lines: String, named name: String, in folder: TemporaryFolder) throws -> String {
    let path = try folder.write("#!/bin/sh\n" + lines + "\n", to: name)
    #expect(chmod(path, 0o700) == 0)
    return path
  }

  static func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  /// Whether nothing of the screen's modes is left, whatever the program did to end.
  static func expectRestored(_ session: TerminalSession) throws {
    let screen = session.screen
    #expect(!screen.isAlternate && screen.cursor.isVisible)
    #expect(session.terminal.mouseMode == 0)
    #expect(try session.device.modes == session.device.initialModes)
    _ = session.terminal.takeReplies()
    session.terminal.paste("x")
    #expect(session.terminal.takeReplies() == [0x78], "pastes are still bracketed")
  }
}

extension PipedProgram {
  var text: String { String(decoding: output, as: UTF8.self) }
}

extension Screen {
  /// Whether one row matches.
  func matches(_ pattern: String) -> Bool {
    guard let regex = try? Regex(pattern) else { return false }
    return rows.contains { $0.contains(regex) }
  }

  /// The whole screen as one line without borders, so that a sentence is found where it was wrapped.
  var flowing: String {
    rows.map { row in
      row.split { "│|╭╮╰╯─".contains($0) }.joined(separator: " ")
    }.joined(separator: " ").split(separator: " ").joined(separator: " ")
  }
}

/// A server of 3.1.1 under the test's control, and the explorer connected to it.
struct HostileMeeting {
  let server: ScriptedServer
  let folder: TemporaryFolder
  let session: TerminalSession

  /// - Parameter version: what the explorer is told to speak.
  init(version: String = "3.1.1", environment: [String: String] = [:]) throws {
    server = try ScriptedServer()
    folder = try TemporaryFolder()
    session = try Exploration.session(
      [server.url, "--protocol", version, "-t", "#"], in: folder, environment: environment)
  }

  /// Takes the next connection and its CONNECT.
  func accept() throws -> ScriptedServer.Connection {
    let connection = try server.accept()
    let connect = try connection.receivePacket()
    #expect(connect[0] == 0x10)
    return connection
  }

  /// Welcomes the next connection that stays, and grants what it asks for; `r` may have ended one before it.
  func welcome() throws -> ScriptedServer.Connection {
    for _ in 0..<5 {
      let connection = try accept()
      try? connection.send([0x20, 0x02, 0x00, 0x00])
      guard let subscribe = try? connection.receivePacket(), subscribe[0] == 0x82 else { continue }
      try connection.send([0x90, 0x03, subscribe[2], subscribe[3], 0x00])
      return connection
    }
    throw TestSupportError("no connection stays")
  }

  /// A PUBLISH of QoS 0, by MQTT 3.1.1, 3.3.
  static func publish(_ topic: [UInt8], _ payload: [UInt8]) -> [UInt8] {
    var length = 2 + topic.count + payload.count
    var packet: [UInt8] = [0x30]
    repeat {
      packet.append(UInt8(length % 128) | (length >= 128 ? 0x80 : 0))
      length /= 128
    } while length > 0
    return packet + [UInt8(topic.count >> 8), UInt8(topic.count & 0xff)] + topic + payload
  }

  /// Waits for a sentence, wherever the pane's width breaks it.
  func wait(forSentence sentence: String, within duration: Duration = .seconds(30)) throws {
    do {
      try session.wait(within: duration) { $0.flowing.contains(sentence) }
    } catch {
      throw TestSupportError("waiting for the sentence '\(sentence)': \(error)")
    }
  }

  /// The program still lives, connects again on `r`, and leaves in order.
  func expectAlive() throws {
    try session.type("r")
    try session.wait { _ in
      // A connection that was being made when `r` came is ended by it: the next one is the one that stays.
      guard let again = try? welcome() else { return false }
      try? again.send(Self.publish(Array("alive".utf8), Array("and well".utf8)))
      return (try? session.wait(for: "alive", within: .seconds(5))) != nil
    }
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
    try Exploration.expectRestored(session)
  }
}
