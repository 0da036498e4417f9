import FoundationEssentials
import Glibc
import TestSupport

/// `publish --lines --resume` of numbers, and `subscribe`, each killed by SIGKILL again and again and started anew by whoever
/// needs them, as a supervisor would; both keep their sessions below the same `$XDG_STATE_HOME`.
final class KilledPrograms {
  /// What a killed program cost at most.
  struct Cost {
    var descriptors = 0
    /// The memory that it had, in KiB.
    var memory = 0
  }

  private(set) var highest = Cost()
  private(set) var kills = 0
  let folder: TemporaryFolder
  private let url: String
  private let version: String
  private let count: Int
  /// Where the subscriber writes, if not to its standard output.
  private let file: String?
  /// How many lines the publisher that runs has been given.
  private var given = 0
  /// How many lines the publisher may be given by now, so that both are busy to the end.
  var allowance = 0
  private var publisher: PipedProgram?
  private var subscriber: PipedProgram?
  private var parsed = 0
  /// The highest number that was printed, those included that a run printed before it was killed.
  private(set) var last = 0
  /// How many lines were printed once more.
  private(set) var repeated = 0
  /// Whether the publisher has seen all of its messages through.
  private(set) var isPublished = false

  /// What the subscriber says of a message.
  struct Line: Decodable, Equatable {
    let number: Int
    let payload: String
  }

  init(_ url: String, version: String, toFile: Bool, publishing count: Int) throws {
    self.url = url
    self.version = version
    folder = try TemporaryFolder()
    file = toFile ? "\(folder.path)/lines" : nil
    self.count = count
  }

  /// Starts what does not run, and takes in what is printed.
  func step() throws {
    if subscriber == nil {
      let output = file.map { ["--output", $0] } ?? []
      subscriber = try start(["subscribe", url, "fire", "--format", "json", "--client-id", "fire-in"] + output)
    }
    // The first subscriber has to be there before the first message
    if publisher == nil, !isPublished, last > 0 || hasSubscribed {
      publisher = try start(["publish", url, "fire", "--lines", "--resume", "--client-id", "fire-out"])
      given = 0
    }
    feed()
    for program in [publisher, subscriber] { try? program?.wait(within: .milliseconds(2)) { _ in false } }
    try parse()
    if let status = publisher?.process.reap() {
      let outcome = try publisher?.finish()
      guard status == .exited(0) else { throw TestSupportError("publish: \(status), \(outcome?.errorText ?? "")") }
      isPublished = true
      publisher = nil
    }
    if let status = subscriber?.process.reap() {
      throw TestSupportError("subscribe: \(status), \(try subscriber?.finish().errorText ?? "")")
    }
  }

  /// Kills one of the two; what it had printed counts.
  func kill(publisher isPublisher: Bool) throws {
    let isPublisher = isPublisher && publisher != nil
    guard let program = isPublisher ? publisher : subscriber else { return }
    if let cost = try? ProcessCost(of: program.process.pid) {  // it may have ended by itself just now
      highest.descriptors = max(highest.descriptors, cost.descriptors)
      highest.memory = max(highest.memory, cost.memory)
    }
    program.process.send(signal: SIGKILL)
    _ = try program.finish()
    kills += 1
    if isPublisher {
      publisher = nil
    } else {
      try parse()
      subscriber = nil
      if file == nil { parsed = 0 }
    }
  }

  /// The files of the sessions.
  var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/mqttscope/sessions").sorted() }
  }

  /// Gives the publisher more of the input, from its first line on.
  private func feed() {
    let end = min(count, allowance)
    guard let publisher, given < end else { return }
    publisher.write(Array((given + 1...end).map { "\($0)\n" }.joined().utf8))
    given = end
    if given == count { publisher.closeInput() }
  }

  private var hasSubscribed: Bool {
    // Its SUBACK is in its journal
    let journal = try? Data(contentsOf: URL(filePath: "\(folder.path)/mqttscope/sessions/\((try? files)?.first ?? "")"))
    return journal?.firstRange(of: [0, 4] + Array("fire".utf8)) != nil
  }

  private func start(_ arguments: [String]) throws -> PipedProgram {
    try PipedProgram(
      Products.mqttscope, arguments + ["--qos", "2", "--persistent", "--protocol", version],
      environment: TestEnvironment.inherited(adding: ["XDG_STATE_HOME": folder.path]))
  }

  /// Takes in the whole lines, each of which is the next one or one that was there before; half of one may be the last word of a program that was killed while it wrote.
  private func parse() throws {
    guard let output = try written() else { return }
    var rest = output[...]
    while let end = rest.firstIndex(of: 0x0A) {
      let line = try JSONDecoder().decode(Line.self, from: Data(rest[..<end]))
      guard line.number <= last + 1, line.payload == "\(line.number)" else {
        throw TestSupportError("\(line) came after \(last)")
      }
      repeated += line.number <= last ? 1 : 0
      last = max(last, line.number)
      parsed += end + 1 - rest.startIndex
      rest = rest[(end + 1)...]
    }
  }

  /// What was written and is not parsed.
  private func written() throws -> [UInt8]? {
    guard let file else { return subscriber.map { Array($0.output[parsed...]) } }
    guard let handle = fopen(file, "r") else { return nil }
    defer { fclose(handle) }
    fseek(handle, parsed, SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    return Array(bytes[..<fread(&bytes, 1, bytes.count, handle)])
  }
}
