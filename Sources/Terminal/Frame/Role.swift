/// What a piece of the screen means. Views name roles; a theme says how each looks.
public enum Role: UInt8, CaseIterable, Sendable {
  /// Plain words.
  case text
  /// Words that should not draw the eye.
  case dim
  /// Words that should: the program's name, a heading of the help.
  case accent
  /// A pane's title.
  case title
  /// The title of the pane that has the keys.
  case titleFocused
  /// Box lines, dividers, scroll bars.
  case border
  /// Box lines of the pane that has the keys.
  case borderFocused
  /// A topic that has a value.
  case topic
  /// A topic that only leads to others.
  case branch
  /// The open and closed marks of the tree.
  case fold
  /// A value on one line.
  case value
  /// How long ago, and at what time.
  case age
  /// How many.
  case count
  /// How many a second.
  case rate
  /// The badge of a value that the broker said is retained.
  case retained
  /// The badge of a value that may be retained.
  case retainedUnknown
  /// The badge of a value that is not retained.
  case live
  /// A key of a JSON object.
  case key
  /// A string.
  case string
  /// A number.
  case number
  /// true, false and null.
  case literal
  /// Brackets, commas and colons.
  case punctuation
  /// A place in a hex dump.
  case offset
  /// A byte of a hex dump.
  case byte
  /// The text beside a hex dump.
  case ascii
  /// Bytes and scalars made visible because a terminal would act on them, hide them or disagree about them.
  case control
  /// What a search found.
  case match
  /// The lamp of the connection: it is up.
  case lampUp
  /// The lamp of the connection: it is being made.
  case lampWaiting
  /// The lamp of the connection: there is none.
  case lampDown
  /// It went well.
  case success
  /// Look here; retrying.
  case warning
  /// It failed; it deletes.
  case danger
  /// A key to press.
  case shortcut
  /// What a key or a field is for.
  case label
  /// What the user typed.
  case input
  /// What the user could type.
  case placeholder
  /// The small curve of rates.
  case sparkline
}
