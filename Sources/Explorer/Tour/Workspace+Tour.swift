import Terminal

/// The tour below the broker on the screen.
extension Workspace {
  /// What the broker on the screen has of it.
  var room: Size { tour?.isOver == false ? Tour.room(in: size) : size }

  /// Skips a step of the tour, or begins it again where it is over.
  mutating func skipTourStep() {
    guard var tour else {
      shown?.model.say(.information, "The tour is part of the demo: mqttscope demo, without --no-tour.")
      return
    }
    guard size.rows >= Tour.leastRows else {
      shown?.model.say(.information, "The tour needs \(Tour.leastRows) rows: make the window higher.")
      return
    }
    if tour.isOver { tour = Tour() } else { tour.skip() }
    go(on: tour)
  }

  /// Ends the tour where the person has had enough of it.
  mutating func endTour() {
    guard var tour, !tour.isOver else { return }
    tour.end()
    go(on: tour)
  }

  private mutating func go(on tour: Tour) {
    self.tour = tour
    guard tour.isOver else { return }
    let closing = Tour.closing(inForm: shown?.model.layer == .form)
    shown?.model.say(.information, closing)
  }

  /// Lets the tour see what the person has done.
  mutating func lookAround() {
    guard var tour, !tour.isOver, let shown else { return }
    tour.look(at: shown.model)
    guard tour != self.tour else { return }
    go(on: tour)
  }

  /// The tour has its keys above everything, but for F2 in a form, which sends it.
  func tourAction(for key: Key) -> Action? {
    guard tour != nil, let shown, let action = shown.model.keymap.action(for: key),
      action == .endTour || action == .tour && shown.model.layer != .form
    else { return nil }
    return action
  }

  /// The frame of the broker on the screen with the tour below it.
  func withTour(_ frame: Frame) -> Frame {
    guard let tour, room != size else { return frame }
    let rows = size.rows - room.rows
    var frame = frame.extended(by: rows)
    tour.draw(into: &frame, in: Rect(size).split(rows: -rows).bottom, isBelowForm: shown?.model.layer == .form)
    return frame
  }
}
