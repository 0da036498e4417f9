/// Decides what the screen shows for each scalar: the one gate between bytes from anywhere and a terminal.
///
/// **Policy.** Nothing that reaches the screen may move the cursor, change the order of text, be invisible, or be of a
/// width that terminals disagree about. What is so is shown in `Role.control`:
/// - C0 controls and DEL by their control picture (`␛`, `␊`); a byte that is no UTF-8 as `\xNN`;
/// - C1 controls, line separators, bidirectional marks, embeddings, overrides and isolates, other format characters,
///   default ignorables, private use, unassigned scalars and non-characters by number: `⟨U+202E⟩`;
/// - a joiner behind an emoji or a script that uses it as `+` (ZWJ) and `|` (ZWNJ), elsewhere by number. Terminals
///   draw a joined family as one emoji or as many; taken apart, every terminal needs the same columns, and the eye sees
///   what was sent;
/// - a skin tone behind an emoji as `+` and the tone by itself; a regional indicator as its letter, so a flag is two
///   letters;
/// - an emoji or text selector (U+FE0E, U+FE0F) behind a scalar that takes one is dropped, the only thing that is: it
///   alters no meaning, and terminals disagree about the width it gives. Behind anything else it is shown by number;
/// - a combining mark with nothing to combine with, or the fifth on one scalar, by number.
///
/// Everything else has the columns that the C library's `wcwidth` gives its scalar, which is what ncurses believes too.
public struct Sanitiser {
  /// What to draw for a scalar.
  enum Portion: Equatable {
    /// The scalar itself, one or two columns wide.
    case plain(Unicode.Scalar, columns: Int)
    /// A mark on top of the scalar before it.
    case mark(Unicode.Scalar)
    /// A stand-in made of harmless scalars.
    case shown(String)
    /// Nothing.
    case dropped
  }

  /// As many marks as ncurses keeps in a cell.
  static let marksInCell = 4

  private var base: Unicode.Scalar?
  private var marks = 0

  /// A text for a pipe or a log as the screen would show it: one line that does nothing to a terminal, whatever was
  /// sent.
  public static func visible(_ text: String) -> String {
    var sanitiser = Sanitiser()
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch sanitiser.portion(of: scalar) {
      case .plain(let scalar, _), .mark(let scalar): shown.append(scalar)
      case .shown(let text): shown.append(contentsOf: text.unicodeScalars)
      case .dropped: break
      }
    }
    return String(shown)
  }

  /// Whether terminals act on a scalar, hide it, or do not know it.
  public static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// What to draw for the next scalar of a text.
  mutating func portion(of scalar: Unicode.Scalar) -> Portion {
    if let columns = TextWidth.plainColumns(scalar) {
      return plain(scalar, columns)
    }
    switch scalar.value {
    case 0x200C, 0x200D: return joiner(scalar)
    case 0xFE0E...0xFE0F where takesSelector: return .dropped
    case 0x1F1E6...0x1F1FF: return show(String(Unicode.Scalar(UInt8(0x41 + scalar.value - 0x1F1E6))))
    case 0x1F3FB...0x1F3FF where base?.properties.isEmojiModifierBase == true: return show("+" + String(scalar))
    default: break
    }
    guard !Sanitiser.isHarmful(scalar) else { return show(Sanitiser.name(of: scalar)) }
    switch TextWidth.libraryColumns(scalar) {
    case 1: return plain(scalar, 1)
    case 2: return plain(scalar, 2)
    case 0 where joins(scalar) && marks < Sanitiser.marksInCell:
      marks += 1
      return .mark(scalar)
    default: return show(Sanitiser.name(of: scalar))
    }
  }

  /// What to draw for a byte that is not UTF-8.
  mutating func portion(ofInvalid byte: UInt8) -> Portion {
    show("\\x" + Sanitiser.hexadecimal(UInt32(byte), digits: 2))
  }

  /// Forgets the scalar before: a run of printable ASCII was drawn that ended with this byte.
  mutating func passed(ascii byte: UInt8) {
    base = Unicode.Scalar(byte)
    marks = 0
  }

  private mutating func plain(_ scalar: Unicode.Scalar, _ columns: Int) -> Portion {
    base = scalar
    marks = 0
    return .plain(scalar, columns: columns)
  }

  private mutating func show(_ text: String) -> Portion {
    base = nil
    marks = 0
    return .shown(text)
  }

  private mutating func joiner(_ scalar: Unicode.Scalar) -> Portion {
    guard let base, base.value >= 0x600 else { return show(Sanitiser.name(of: scalar)) }
    return show(scalar.value == 0x200D ? "+" : "|")
  }

  /// The vowels and finals of Hangul join Hangul alone; other marks join anything.
  private func joins(_ scalar: Unicode.Scalar) -> Bool {
    guard let base else { return false }
    let isHangulPart = (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value)
    return !isHangulPart || (0x1100...0x115F).contains(base.value) || (0xAC00..<0xD7A4).contains(base.value)
  }

  private var takesSelector: Bool { base?.properties.isEmoji == true }

  /// What stands for a scalar that cannot be shown: `␛`, `⟨U+202E⟩`.
  package static func name(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0..<0x20: String(Unicode.Scalar(UInt16(0x2400 + scalar.value)) ?? "\u{FFFD}")
    case 0x7F: "\u{2421}"
    default: "⟨U+" + hexadecimal(scalar.value, digits: 4) + "⟩"
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
