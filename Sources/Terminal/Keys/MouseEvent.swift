/// Something done with the mouse.
public struct MouseEvent: Hashable, Sendable {
  /// What was done.
  public enum Action: Hashable, Sendable {
    /// A button went down.
    case press(Button)
    /// A button went up.
    case release(Button)
    /// The mouse moved with a button down.
    case drag(Button)
    /// The mouse moved with no button down.
    case move
    /// The wheel turned away from the user: towards what is above.
    case wheelUp
    /// The wheel turned towards the user.
    case wheelDown
    /// The wheel turned to the left.
    case wheelLeft
    /// The wheel turned to the right.
    case wheelRight
  }

  /// A button of the mouse.
  public enum Button: Hashable, Sendable {
    /// The first.
    case left
    /// The wheel's.
    case middle
    /// The second.
    case right
  }

  /// What was done.
  public var action: Action
  /// The cell that it was done at.
  public var point: Point
  /// Keys held down meanwhile.
  public var modifiers: Key.Modifiers

  /// An event at a cell.
  public init(_ action: Action, at point: Point, modifiers: Key.Modifiers = []) {
    self.action = action
    self.point = point
    self.modifiers = modifiers
  }
}
