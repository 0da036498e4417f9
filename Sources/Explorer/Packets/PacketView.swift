import MQTT
import MQTTClient
import Terminal

/// The protocol view between its uses: where the person is among the packets, and the rows that the screen shows.
///
/// The place is the number of a packet. While none was chosen the view follows the newest, at the bottom; Space holds
/// what is shown while packets go on being kept. What is held is not kept twice: once a row of it has to make room, the
/// view follows again. The details of the chosen entry are made when it is looked at.
struct PacketView {
  /// The packet that was chosen; nil follows the newest.
  private(set) var chosen: UInt64?
  /// Nothing newer than this is shown; nil shows everything.
  private(set) var heldAt: UInt64?
  var filter = TextEditor(isSingleLine: true)
  /// The filter has the keys.
  var isEditing = false
  /// The lit entry is shown whole below the list, a packet with its fields and bytes.
  private(set) var isOpen = false

  private(set) var rows: [PacketEntry] = []
  /// The number of the lit packet.
  private(set) var selected: UInt64?
  /// The newest packet of the lit one's exchange that is known.
  private(set) var exchangeEnd: UInt64 = 0
  private(set) var detail: PacketDetail?
  private(set) var detailTop = 0
  private var top: UInt64?
  private var height = 1
  private var detailHeight = 1
  /// Rows that the last refresh found, so that a key moves on what is seen.
  private(set) var count = 0

  /// So far below the screen the end of an exchange is looked for.
  private static let exchangeReach: UInt64 = 2_000

  var isFollowing: Bool { chosen == nil && heldAt == nil }

  /// What was kept since the view is held.
  func heldBack(in log: PacketLog) -> Int {
    heldAt.map { max(0, Int(clamping: log.next - 1) - Int(clamping: $0)) } ?? 0
  }

  /// Takes the rows to show from the log. Costs O(height), and a look at what follows for the end of an exchange.
  ///
  /// - Parameters:
  ///   - list: The size of the list.
  ///   - detailSize: The size of what is opened.
  /// - Returns: Whether rows that were held are no longer kept, so that the view follows again.
  @discardableResult
  mutating func refresh(from log: PacketLog, height: Int, detailSize: Size, now: Instant) -> Bool {
    self.height = max(1, height)
    detailHeight = max(1, detailSize.rows)
    let hasLost = heldAt != nil && rows.contains { log.entry($0.number) == nil }
    if hasLost { follow() }
    count = heldAt.map { log.row(of: $0 + 1) } ?? log.rowCount
    let last = max(0, count - 1)
    let line = chosen.map { min(log.row(of: $0), last) } ?? last
    var first = chosen == nil ? count - self.height : top.map { log.row(of: $0) } ?? line
    first = min(first, line)
    first = max(0, min(max(first, line - self.height + 1), count - self.height))
    top = log.number(at: first)
    rows = (first..<max(first, min(count, first + self.height))).compactMap { row in
      log.number(at: row).flatMap(log.entry)
    }
    selected = log.number(at: line)
    let lit = rows.first { $0.number == selected }
    findExchangeEnd(of: lit, in: log)
    open(lit, waiting: lit.flatMap { log.waiting($0, at: now) }, columns: detailSize.columns)
    return hasLost
  }

  /// Makes the details of the lit entry, unless they are there.
  private mutating func open(_ lit: PacketEntry?, waiting: Int64?, columns: Int) {
    if detail?.number != selected { detailTop = 0 }
    let shape = PacketDetail.Shape(columns: columns, isUnanswered: waiting != nil)
    if !isOpen {
      detail = nil
    } else if detail?.number != selected || detail?.shape != shape {
      detail = lit.map { PacketDetail($0, shape) }
    }
    detailTop = min(detailTop, max(0, (detail?.lineCount ?? 0) - detailHeight))
  }

  private mutating func findExchangeEnd(of lit: PacketEntry?, in log: PacketLog) {
    exchangeEnd = rows.last { $0.link.exchange != 0 && $0.link.exchange == lit?.link.exchange }?.number ?? 0
    guard let lit, lit.link.exchange != 0, let bottom = rows.last?.number else { return }
    let end = min(heldAt.map { $0 + 1 } ?? log.next, bottom + Self.exchangeReach)
    for number in (bottom + 1)..<max(bottom + 1, end) where log.link(of: number)?.exchange == lit.link.exchange {
      exchangeEnd = number
    }
  }

  /// Moves the choice by rows; past the newest the view follows again.
  mutating func move(by distance: Int, in log: PacketLog) {
    guard count > 0, let selected else { return }
    let row = min(log.row(of: selected), count - 1) + distance
    choose(row: row, in: log)
  }

  mutating func choose(row: Int, in log: PacketLog) {
    chosen = row >= count - 1 ? nil : log.number(at: max(0, row))
  }

  /// Chooses the packet on a line of the list.
  mutating func choose(line: Int, in log: PacketLog) {
    guard rows.indices.contains(line) else { return }
    chosen = log.row(of: rows[line].number) >= count - 1 ? nil : rows[line].number
  }

  mutating func toggleHold(in log: PacketLog) {
    heldAt = heldAt == nil ? log.next - 1 : nil
  }

  /// Follows the newest again.
  mutating func follow() {
    chosen = nil
    heldAt = nil
  }

  mutating func toggleDetail() {
    isOpen.toggle()
    detailTop = 0
  }

  mutating func scrollDetail(by distance: Int) {
    detailTop = max(0, min(detailTop + distance, (detail?.lineCount ?? 0) - detailHeight))
  }

  var page: Int { max(1, height - 1) }
  var detailPage: Int { max(1, detailHeight - 1) }
}
