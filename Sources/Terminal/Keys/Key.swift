/// What a person did at the keyboard or with the mouse, as a terminal tells it.
public enum Key: Hashable, Sendable {
  /// A printable character.
  case character(Character)
  /// Enter; Ctrl+J too, which terminals cannot tell from it when line feeds are pasted.
  case enter
  /// Escape, when nothing followed it for 25 ms.
  case escape
  /// Tab.
  case tab
  /// Shift+Tab.
  case backTab
  /// The key that deletes to the left, whether it sends BS or DEL.
  case backspace
  /// The key that deletes to the right.
  case delete
  /// Insert.
  case insert
  /// Arrow up.
  case up
  /// Arrow down.
  case down
  /// Arrow left.
  case left
  /// Arrow right.
  case right
  /// Home.
  case home
  /// End.
  case end
  /// Page up.
  case pageUp
  /// Page down.
  case pageDown
  /// F1 to F24.
  case function(Int)
  /// A character with Ctrl, in lower case; Ctrl+Space is `.control(" ")`.
  case control(Character)
  /// A character with Alt.
  case alt(Character)
  /// Another key with Shift, Alt or Ctrl.
  indirect case modified(Key, Modifiers)
  /// Text that was pasted at once, as its bytes; not whole when it was longer than the bound or its end never came.
  case paste([UInt8], isWhole: Bool)
  /// The mouse.
  case mouse(MouseEvent)
  /// The terminal's window got the keyboard.
  case focusGained
  /// Another window got the keyboard.
  case focusLost

  /// Keys held down with another.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    /// One bit for each key.
    public let rawValue: UInt8

    /// Keys of the given bits.
    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Shift.
    public static let shift = Modifiers(rawValue: 1)
    /// Alt, or Option, or Meta.
    public static let alt = Modifiers(rawValue: 2)
    /// Ctrl.
    public static let control = Modifiers(rawValue: 4)
  }
}
