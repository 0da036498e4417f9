import Terminal
import TopicStore

/// The first line: where we are connected, and how much moves, is lost, and is kept.
struct StatusBar {
  let connection: ConnectionStatus
  let statistics: Statistics
  /// Messages a second over the last seconds, oldest first.
  let rates: [Double]
  let isPaused: Bool
  let isReadOnly: Bool
  let broker: BrokerPlace
  /// The monotonic time of the frame, for the countdown to the next attempt.
  let now: Int64

  func draw(into frame: inout Frame, in place: Rect) {
    frame.fill(place, Style(.text, on: .bar))
    let mode = drawMode(into: &frame, in: place)
    var pen = LineWriter(place.split(columns: -mode - 2).left, on: .bar)
    if place.columns >= Layout.stackedColumns {
      pen.write(" mqttscope", .accent, .bold, into: &frame)
      pen.skip(1)
    }
    pen.skip(1)
    // Before the address, where nothing pushes it off the screen
    if connection.isUnverified {
      pen.write(" TLS NOT VERIFIED ", .danger, [.bold, .reverse], into: &frame)
      pen.skip(1)
    }
    if let name = broker.name { pen.write("\(name) ", .accent, into: &frame) }
    drawConnection(with: &pen, into: &frame)
    pen.writeWhole(broker.words, broker.offline > 0 ? .warning : .count, gap: 3, into: &frame)
    drawFigures(with: &pen, into: &frame)
  }

  /// As many as fit, in order; but what was lost may have been for want of memory, so that both are said then.
  private func drawFigures(with pen: inout LineWriter, into frame: inout Frame) {
    let memory = "mem \(mebibytes(statistics.memoryUsed))/\(mebibytes(statistics.memoryLimit)) MiB"
    let hasLost = statistics.refused > 0
    if hasLost { pen.writeWhole("lost \(Format.count(statistics.refused))", .danger, gap: 3, into: &frame) }
    let isMemoryKept = hasLost && TextWidth.of(memory) + 3 <= pen.room
    if isMemoryKept { pen.reserved = TextWidth.of(memory) + 3 }
    drawRefused(with: &pen, into: &frame)
    let isWhole = facts.allSatisfy { text, role in pen.writeWhole(text, role, gap: 3, into: &frame) }
    if isWhole, !isPaused { pen.writeWhole(Sparkline.text(rates), .sparkline, gap: 1, into: &frame) }
    pen.reserved = 0
    if isWhole || isMemoryKept { pen.writeWhole(memory, .label, gap: 3, into: &frame) }
  }

  private var facts: [(String, Role)] {
    [
      (connection.versionName, .label),
      ("\(Format.count(statistics.topics)) \(statistics.topics == 1 ? "topic" : "topics")", .count),
      // While the screen stands still nothing is counted that they could be told from
      (isPaused ? "" : "\(Format.number(statistics.messagesPerSecond)) msg/s", .rate),
      (isPaused ? "" : "\(Format.bytes(statistics.bytesPerSecond))/s", .rate),
    ].filter { !$0.0.isEmpty }
  }

  private func drawConnection(with pen: inout LineWriter, into frame: inout Frame) {
    switch connection.phase {
    case .connected:
      pen.write("● ", .lampUp, into: &frame)
      pen.write(connection.address, .text, into: &frame)
    case .awaitingPassword:
      pen.write("● ", .lampWaiting, into: &frame)
      pen.write("\(connection.address) waiting for the password command", .text, into: &frame)
    case .connecting(let attempt):
      pen.write("● ", .lampWaiting, into: &frame)
      pen.write(
        connection.address + (attempt > 1 ? " connecting, attempt \(attempt)" : " connecting"), .text, into: &frame)
    case .waiting(let until, _):
      pen.write("● ", .lampWaiting, into: &frame)
      let seconds = (until - now + 999_999_999) / 1_000_000_000
      let again = seconds > 0 ? "retry in \(seconds) s" : "retrying"
      pen.write("\(connection.address) \(again)", .warning, into: &frame)
    case .stopped(let why):
      pen.write("● ", .lampDown, into: &frame)
      pen.write("\(connection.address) not connected: \(why)", .danger, into: &frame)
    }
  }

  /// What does not come is said before anything that is merely interesting.
  private func drawRefused(with pen: inout LineWriter, into frame: inout Frame) {
    guard !connection.refused.isEmpty else { return }
    pen.skip(3)
    pen.write("refused \(connection.refused.map(\.filter).joined(separator: " "))", .danger, into: &frame)
  }

  /// Whether the screen moves; at the right end. Gives the columns it takes.
  private func drawMode(into frame: inout Frame, in place: Rect) -> Int {
    let words =
      isPaused
      ? "paused, \(Format.count(statistics.held)) held" : connection.phase == .connected ? "live" : "offline"
    let text = (isReadOnly ? "read-only  " : "") + words + " "
    return frame.writeRight(text, in: place, Style(isPaused ? .warning : .label, on: .bar))
  }

  private func mebibytes(_ bytes: Int) -> String {
    String((bytes + (1 << 20) - 1) >> 20)
  }
}
