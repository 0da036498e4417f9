import Terminal
import Testing
import TopicStore

@testable import Explorer

@Suite struct StatusBarTests {
  private func line(columns: Int, lost: UInt64, phase: ConnectionStatus.Phase = .connected) -> String {
    var connection = ConnectionStatus(address: "broker.local:1883", clientID: "", subscriptions: [])
    connection.phase = phase
    let store = TopicStore(limits: Limits(bytes: 64 << 20))
    var statistics = store.statistics
    statistics.refused = lost
    statistics.topics = 412
    (statistics.memoryUsed, statistics.memoryLimit) = (250 << 20, 256 << 20)
    let bar = StatusBar(
      connection: connection, statistics: statistics, rates: [1, 2], isPaused: false, isReadOnly: false,
      broker: BrokerPlace(), now: 0)
    var frame = Frame(size: Size(columns: columns, rows: 1))
    bar.draw(into: &frame, in: Rect(frame.size))
    return frame.text
  }

  @Test func `memory is said beside what was lost, and the figures that do not fit are left out`() {
    let narrow = line(columns: 80, lost: 1_234)
    #expect(narrow.contains("lost 1,234   mem 250/256 MiB") && narrow.contains("live"), "\(narrow)")
    #expect(line(columns: 160, lost: 1_234).contains("0.0 B/s ▄█   mem 250/256 MiB"))
    for columns in 70...200 {
      let line = line(columns: columns, lost: 1_234)
      #expect(line.contains("lost 1,234") && line.contains("mem 250/256 MiB"), "\(columns): \(line)")
    }
  }

  @Test func `without a loss it is the last of the figures`() {
    #expect(!line(columns: 60, lost: 0).contains("mem") && line(columns: 120, lost: 0).contains("mem 250/256 MiB"))
  }

  @Test func `where there is no room for both, it is the loss that is said`() {
    let line = line(columns: 50, lost: 1_234)
    #expect(line.contains("lost 1,234") && !line.contains("mem"), "\(line)")
    let down = self.line(columns: 80, lost: 5, phase: .stopped(why: "The broker is not there, and that is long."))
    #expect(down.contains("not connected: The") && !down.contains("mem"))
  }
}
