import CVTerm

/// A terminal emulator without a window: bytes in, a screen out.
///
/// It is libvterm, the emulator that editors embed. Keys, pastes and clicks go through it too, so that they arrive at
/// the program in the form that the program asked for (application cursor keys, bracketed paste, mouse reports).
package final class VirtualTerminal {
  /// What the terminal says to the program: typed keys and answers to queries.
  package private(set) var replies: [UInt8] = []
  /// Operating system commands that the emulator leaves to its window, such as `52;c;…`, the clipboard's.
  package private(set) var systemCommands: [String] = []
  package private(set) var bells = 0
  package private(set) var mouseMode = 0
  private let handle: OpaquePointer
  private let screenHandle: OpaquePointer
  private let callbacks = UnsafeMutablePointer<VTermScreenCallbacks>.allocate(capacity: 1)
  private let fallbacks = UnsafeMutablePointer<VTermParserCallbacks>.allocate(capacity: 1)
  private var isAlternate = false
  private var isCursorVisible = true
  private var title = ""

  package init(size: TerminalSize) throws(TestSupportError) {
    guard let handle = vterm_new(Int32(size.rows), Int32(size.columns)),
      let screenHandle = vterm_obtain_screen(handle)
    else { throw TestSupportError("libvterm has no memory for a screen") }
    self.handle = handle
    self.screenHandle = screenHandle
    callbacks.initialize(to: VTermScreenCallbacks())
    fallbacks.initialize(to: VTermParserCallbacks())
    vterm_set_utf8(handle, 1)
    listen()
    vterm_screen_enable_altscreen(screenHandle, 1)
    vterm_screen_reset(screenHandle, 1)
  }

  deinit {
    vterm_free(handle)
    callbacks.deallocate()
    fallbacks.deallocate()
  }

  package var size: TerminalSize {
    var rows: Int32 = 0
    var columns: Int32 = 0
    vterm_get_size(handle, &rows, &columns)
    return TerminalSize(columns: Int(columns), rows: Int(rows))
  }

  package func resize(to size: TerminalSize) {
    vterm_set_size(handle, Int32(size.rows), Int32(size.columns))
    vterm_screen_flush_damage(screenHandle)
  }

  /// Shows what a program wrote.
  package func feed(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes {
      _ = vterm_input_write(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    vterm_screen_flush_damage(screenHandle)
  }

  package func feed(_ text: String) { feed(Array(text.utf8)) }

  /// Takes what the terminal has to say to the program.
  package func takeReplies() -> [UInt8] {
    defer { replies.removeAll(keepingCapacity: true) }
    return replies
  }

  package var screen: Screen {
    var position = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(handle), &position)
    return Screen(
      rows: (0..<size.rows).map(text(ofRow:)),
      cursor: .init(column: Int(position.col), row: Int(position.row), isVisible: isCursorVisible),
      isAlternate: isAlternate, title: title)
  }

  /// A cell counted from 0; a blank one outside the screen.
  package func cell(column: Int, row: Int) -> ScreenCell {
    var cell = VTermScreenCell()
    vterm_screen_get_cell(screenHandle, VTermPos(row: Int32(row), col: Int32(column)), &cell)
    return ScreenCell(
      text: Self.text(of: cell), width: Int(cell.width), isBold: cell.attrs.bold != 0,
      isUnderlined: cell.attrs.underline != 0, isReversed: cell.attrs.reverse != 0,
      foreground: Self.color(cell.fg), background: Self.color(cell.bg))
  }

  package func press(_ key: VTermKey, _ modifiers: VTermModifier = VTERM_MOD_NONE) {
    vterm_keyboard_key(handle, key, modifiers)
  }

  package func type(_ text: String, _ modifiers: VTermModifier = VTERM_MOD_NONE) {
    for scalar in text.unicodeScalars { vterm_keyboard_unichar(handle, scalar.value, modifiers) }
  }

  /// Pastes, in brackets when the program has asked for them.
  package func paste(_ text: String) {
    vterm_keyboard_start_paste(handle)
    replies += Array(text.utf8)
    vterm_keyboard_end_paste(handle)
  }

  /// Moves the mouse and presses or releases a button there; 4 and 5 are the wheel.
  package func mouse(button: Int, isPressed: Bool, column: Int, row: Int) {
    guard mouseMode != 0 else { return }  // libvterm 0.1.4 reports buttons to programs that never asked
    vterm_mouse_move(handle, Int32(row), Int32(column), VTERM_MOD_NONE)
    vterm_mouse_button(handle, Int32(button), isPressed, VTERM_MOD_NONE)
  }

  private func text(ofRow row: Int) -> String {
    var line = ""
    var column = 0
    while column < size.columns {
      let cell = cell(column: column, row: row)
      line += cell.text
      column += max(1, cell.width)
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  private static func text(of cell: VTermScreenCell) -> String {
    let scalars = withUnsafeBytes(of: cell.chars) { Array($0.bindMemory(to: UInt32.self).prefix { $0 != 0 }) }
    guard !scalars.isEmpty else { return " " }
    return String(String.UnicodeScalarView(scalars.map { Unicode.Scalar($0) ?? "\u{FFFD}" }))
  }

  private static func color(_ color: VTermColor) -> ScreenCell.Color {
    let isDefault = UInt32(color.type) & VTERM_COLOR_DEFAULT_MASK.rawValue != 0
    if isDefault { return .standard }
    let isIndexed = UInt32(color.type) & VTERM_COLOR_TYPE_MASK.rawValue == VTERM_COLOR_INDEXED.rawValue
    return isIndexed ? .palette(Int(color.indexed.idx)) : .rgb(color.rgb.red, color.rgb.green, color.rgb.blue)
  }

  private func listen() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    vterm_output_set_callback(
      handle,
      { bytes, count, owner in
        VirtualTerminal.from(owner)?.replies += UnsafeRawBufferPointer(start: bytes, count: count)
      }, me)
    callbacks.pointee.settermprop = { property, value, owner in
      VirtualTerminal.from(owner)?.set(property, value)
      return 1
    }
    callbacks.pointee.bell = { owner in
      VirtualTerminal.from(owner)?.bells += 1
      return 1
    }
    fallbacks.pointee.osc = { bytes, count, owner in
      let command = UnsafeRawBufferPointer(start: bytes, count: count)
      VirtualTerminal.from(owner)?.systemCommands.append(String(decoding: command, as: UTF8.self))
      return 1
    }
    vterm_screen_set_callbacks(screenHandle, callbacks, me)
    vterm_screen_set_unrecognised_fallbacks(screenHandle, fallbacks, me)
  }

  private static func from(_ owner: UnsafeMutableRawPointer?) -> VirtualTerminal? {
    owner.map { Unmanaged<VirtualTerminal>.fromOpaque($0).takeUnretainedValue() }
  }

  private func set(_ property: VTermProp, _ value: UnsafeMutablePointer<VTermValue>?) {
    guard let value = value?.pointee else { return }
    switch property {
    case VTERM_PROP_ALTSCREEN: isAlternate = value.boolean != 0
    case VTERM_PROP_CURSORVISIBLE: isCursorVisible = value.boolean != 0
    case VTERM_PROP_TITLE: title = value.string.map { String(cString: $0) } ?? ""
    case VTERM_PROP_MOUSE: mouseMode = Int(value.number)
    default: break
    }
  }
}
