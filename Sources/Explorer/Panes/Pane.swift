/// A part of the main screen that takes the keys while it is focused.
enum Pane: Int, CaseIterable, Sendable {
  case topics = 1
  case message = 2
  case history = 3
}
