/// Turns the bytes of a terminal into keys: a value, fed with bytes and the time.
///
/// It goes byte by byte, so where the reads were split cannot matter. A lone ESC becomes Escape after `escapeDelay`;
/// everything else that is incomplete is forgotten after `sequenceDelay`, and what no terminal sends is dropped. It
/// understands the CSI and SS3 forms of xterm, tmux, VTE, the Linux console and rxvt, the mouse of SGR, urxvt and X10,
/// and bracketed paste.
public struct KeyParser: Equatable, Sendable {
  /// When `flush` has something to decide (monotonic ns); nil when nothing is pending.
  public private(set) var deadline: Int64?

  /// How long an ESC waits for what may belong to it: 25 ms.
  public static let escapeDelay: Int64 = 25_000_000
  /// How long a begun sequence waits for its rest: 500 ms.
  public static let sequenceDelay: Int64 = 500_000_000
  /// How long a paste may pause before it counts as ended: 2 s.
  public static let pasteDelay: Int64 = 2_000_000_000
  /// Bytes of a paste that are kept: 16 MiB.
  public static let pasteLimit = 16 << 20

  private enum State: Equatable {
    case ground
    case character(missing: Int)
    case escape
    case controlSequence
    case linuxFunction
    case oldMouse
    case singleShift
    case string(start: UInt8)
    case paste
  }

  private static let escape: UInt8 = 0x1B
  private static let enter: UInt8 = 0x0D
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)
  private static let sequenceLimit = 64

  private var state = State.ground
  /// The bytes of the sequence or the paste so far, without its introducer.
  private var collected: [UInt8] = []
  private var isCut = false
  /// An ESC came before the one that began the sequence.
  private var hasAlt = false

  /// A parser with nothing pending.
  public init() {}

  /// The keys that these bytes complete.
  public mutating func feed(_ bytes: some Sequence<UInt8>, at now: Int64) -> [Key] {
    var keys = flush(at: now)
    for byte in bytes {
      take(byte, &keys)
    }
    deadline = delay.map { now + $0 }
    return keys
  }

  /// The keys that are decided because nothing followed in time.
  public mutating func flush(at now: Int64) -> [Key] {
    guard let deadline, now >= deadline else { return [] }
    self.deadline = nil
    defer { reset() }
    switch state {
    case .escape: return hasAlt ? [.escape, .escape] : [.escape]
    case .controlSequence where collected.isEmpty && !isCut: return [.alt("[")]
    case .singleShift where collected.isEmpty && !isCut: return [.alt("O")]
    case .string(let start) where collected.isEmpty: return [.alt(Character(Unicode.Scalar(start)))]
    case .paste: return [.paste(collected, isWhole: false)]
    default: return []
    }
  }

  private var delay: Int64? {
    switch state {
    case .ground: nil
    case .paste: KeyParser.pasteDelay
    case .escape: KeyParser.escapeDelay
    case .controlSequence, .singleShift, .string:
      collected.isEmpty ? KeyParser.escapeDelay : KeyParser.sequenceDelay
    case .character, .linuxFunction, .oldMouse: KeyParser.sequenceDelay
    }
  }

  private mutating func reset() {
    state = .ground
    collected.removeAll(keepingCapacity: false)
    isCut = false
    hasAlt = false
  }

  private mutating func take(_ byte: UInt8, _ keys: inout [Key]) {
    switch state {
    case .ground: begin(byte, &keys)
    case .character(let missing): takeCharacter(byte, missing, &keys)
    case .escape: takeEscape(byte, &keys)
    case .controlSequence: takeControlSequence(byte, &keys)
    case .singleShift: takeSingleShift(byte, &keys)
    case .linuxFunction: finish(KeySequence.linuxFunction(byte), &keys)
    case .oldMouse:
      collected.append(byte)
      if collected.count == 3 { finish(KeySequence.oldMouse(collected), &keys) }
    case .string: takeString(byte)
    case .paste: takePaste(byte, &keys)
    }
  }

  private mutating func finish(_ key: Key?, _ keys: inout [Key]) {
    if let key { keys.append(hasAlt ? KeySequence.adding(.alt, to: key) : key) }
    reset()
  }

  private mutating func begin(_ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case KeyParser.escape: state = .escape
    case 0xC2...0xDF: (state, collected) = (.character(missing: 1), [byte])
    case 0xE0...0xEF: (state, collected) = (.character(missing: 2), [byte])
    case 0xF0...0xF4: (state, collected) = (.character(missing: 3), [byte])
    default: finish(KeySequence.single(byte), &keys)
    }
  }

  private mutating func takeCharacter(_ byte: UInt8, _ missing: Int, _ keys: inout [Key]) {
    guard byte & 0xC0 == 0x80 else {
      reset()
      return take(byte, &keys)
    }
    collected.append(byte)
    guard missing == 1 else {
      state = .character(missing: missing - 1)
      return
    }
    var walk = UTF8Walk()
    guard case .scalar(let scalar) = walk.next(collected.span) else { return reset() }
    finish(KeySequence.typed(scalar), &keys)
  }

  private mutating func takeEscape(_ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "["): state = .controlSequence
    case UInt8(ascii: "O"): state = .singleShift
    case KeyParser.escape:
      if hasAlt { keys.append(.escape) }
      hasAlt = true
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
      state = .string(start: byte)
    default:
      let isControl = byte < 0x20 && byte != KeyParser.enter  // Escape and then Ctrl+C, close together on a slow line
      if hasAlt { keys.append(.escape) }
      if isControl { keys.append(.escape) }
      hasAlt = !isControl
      state = .ground
      begin(byte, &keys)
    }
  }

  private mutating func takeControlSequence(_ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "[") where collected.isEmpty && !isCut: state = .linuxFunction
    case UInt8(ascii: "M") where collected.isEmpty && !isCut: state = .oldMouse
    case UInt8(ascii: "$") where KeySequence.isNumber(collected):  // rxvt: Shift
      finish(KeySequence.control(collected, final: byte), &keys)
    case 0x20..<0x40: collect(byte)
    case 0x40..<0x7F:
      guard !isCut else { return reset() }
      if byte == UInt8(ascii: "~"), collected == Array("200".utf8) {
        reset()
        state = .paste
      } else {
        finish(KeySequence.control(collected, final: byte), &keys)
      }
    default: restart(byte, &keys)
    }
  }

  private mutating func takeSingleShift(_ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case 0x30..<0x3A, UInt8(ascii: ";"): collect(byte)
    case 0x20..<0x7F: finish(isCut ? nil : KeySequence.singleShift(collected, final: byte), &keys)
    default: restart(byte, &keys)
    }
  }

  /// An answer that nobody asked for; it ends with BEL or ST.
  private mutating func takeString(_ byte: UInt8) {
    let ends = byte == 0x07 || byte == 0x9C || (byte == UInt8(ascii: "\\") && collected.last == KeyParser.escape)
    guard !ends else { return reset() }
    collected = [byte]
  }

  private mutating func takePaste(_ byte: UInt8, _ keys: inout [Key]) {
    collected.append(byte)
    let end = KeyParser.pasteEnd
    if byte == end[end.count - 1], collected.suffix(end.count).elementsEqual(end) {
      collected.removeLast(end.count)
      isCut = isCut || collected.count > KeyParser.pasteLimit
      keys.append(.paste(Array(collected.prefix(KeyParser.pasteLimit)), isWhole: !isCut))
      reset()
    } else if collected.count >= KeyParser.pasteLimit + 2 * end.count {
      // Room is kept for the end mark, which may come in the middle of what is dropped.
      collected.remove(at: KeyParser.pasteLimit)
      isCut = true
    }
  }

  private mutating func collect(_ byte: UInt8) {
    if collected.count < KeyParser.sequenceLimit {
      collected.append(byte)
    } else {
      isCut = true
    }
  }

  /// A sequence was broken off by a byte that cannot be inside of one.
  private mutating func restart(_ byte: UInt8, _ keys: inout [Key]) {
    reset()
    begin(byte, &keys)
  }
}
