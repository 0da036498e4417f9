/// What a piece of the screen lies on.
public enum Ground: UInt8, CaseIterable, Sendable {
  /// The screen itself.
  case base
  /// Inside of a pane.
  case panel
  /// The chosen row of the pane that has the keys.
  case selected
  /// The chosen row of another pane.
  case selectedUnfocused
  /// A row that changed a moment ago.
  case lit
  /// The status line and the footer.
  case bar
  /// A window above the others.
  case popup
  /// A field of a form.
  case field
  /// The field that has the keys.
  case fieldFocused
  /// Something that destroys, or went wrong.
  case danger
}
