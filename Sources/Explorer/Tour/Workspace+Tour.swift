import Terminal

/// The tour below the broker on the screen.
extension Workspace {
  /// What the broker on the screen has of it.
  var room: Size { tour == nil ? size : Tour.room(in: size) }

  /// Skips a step of the tour.
  mutating func skipTourStep() {
    guard var tour else {
      shown?.model.say(.information, "The tour belongs to the demo: mqttscope demo.")
      return
    }
    tour.skip()
    self.tour = tour.isOver ? nil : tour
  }

  /// Lets the tour see what the person has done.
  mutating func lookAround() {
    guard var tour, let shown else { return }
    tour.look(at: shown.model)
    guard tour != self.tour else { return }
    self.tour = tour.isOver ? nil : tour
  }

  /// The tour has its keys above everything but a form, where letters and F2 mean something.
  func tourAction(for key: Key) -> Action? {
    guard tour != nil, let shown, shown.model.layer != .form,
      let action = shown.model.keymap.action(for: key), action == .tour || action == .endTour
    else { return nil }
    return action
  }

  /// The frame of the broker on the screen with the tour below it.
  func withTour(_ frame: Frame) -> Frame {
    guard let tour, room != size else { return frame }
    var frame = frame.extended(by: Tour.rows)
    tour.draw(into: &frame, in: Rect(size).split(rows: -Tour.rows).bottom)
    return frame
  }
}
