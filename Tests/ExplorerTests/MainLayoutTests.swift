import Terminal
import Testing

@testable import Explorer

@Suite struct MainLayoutTests {
  private func layout(
    _ columns: Int, _ rows: Int, focus: Pane = .topics, isZoomed: Bool = false, share: Double = 0.4,
    hasHistory: Bool = true
  ) -> Layout {
    Layout(
      size: Size(columns: columns, rows: rows), focus: focus, isZoomed: isZoomed, share: share, hasHistory: hasHistory)
  }

  @Test func `from 100 columns on the topics stand beside the message`() {
    #expect(layout(100, 30).divider == 40)
    #expect(layout(100, 30).panes.count == 3)
    #expect(layout(99, 30).divider == nil)
    #expect(layout(99, 30).panes.count == 3)
  }

  @Test func `from 60 columns on the panes are stacked, below it there is one`() {
    #expect(layout(60, 24).panes.count == 3)
    #expect(layout(59, 24, focus: .history).panes.keys.map { $0 } == [.history])
  }

  @Test func `a branch without a value has no history, and its keys go to the stream`() {
    #expect(layout(120, 36, hasHistory: false).panes[.history] == nil)
    #expect(layout(59, 20, focus: .history, hasHistory: false).panes.keys.map { $0 } == [.message])
  }

  @Test func `zoom leaves the focused pane alone`() {
    let zoomed = layout(120, 36, focus: .message, isZoomed: true)
    #expect(zoomed.panes == [.message: Rect(column: 0, row: 1, columns: 120, rows: 34)])
    #expect(zoomed.divider == nil)
  }

  @Test(arguments: Pane.allCases)
  func `the focused pane is on the screen at every size`(focus: Pane) {
    for columns in stride(from: 20, through: 200, by: 9) {
      for rows in 6...40 { #expect(layout(columns, rows, focus: focus).panes[focus] != nil, "\(columns)x\(rows)") }
    }
  }

  @Test func `below 20x6 there are no panes`() {
    #expect(layout(20, 6).panes.count == 1)
    #expect(layout(19, 6).panes.isEmpty)
    #expect(layout(20, 5).panes.isEmpty)
  }

  @Test(arguments: Pane.allCases, [true, false])
  func `panes fill the body at every size without overlapping`(focus: Pane, hasHistory: Bool) {
    for columns in stride(from: 20, through: 300, by: 7) {
      for rows in stride(from: 6, through: 100, by: 3) {
        for share in [0.15, 0.4, 0.8] {
          let layout = layout(columns, rows, focus: focus, share: share, hasHistory: hasHistory)
          let area = layout.panes.values.reduce(0) { $0 + $1.columns * $1.rows }
          #expect(area == columns * (rows - 2), "\(columns)x\(rows)")
          #expect(layout.panes.values.allSatisfy { $0.columns >= 20 && $0.rows >= 3 }, "\(columns)x\(rows)")
          let body = Rect(column: 0, row: 1, columns: columns, rows: rows - 2)
          #expect(layout.panes.values.allSatisfy { $0.intersection(body) == $0 }, "\(columns)x\(rows)")
        }
      }
    }
  }

  @Test func `an extreme share leaves both sides room`() {
    #expect(layout(100, 30, share: 0).divider == 30)
    #expect(layout(100, 30, share: 1).divider == 60)
  }
}
