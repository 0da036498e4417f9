/// What the sequences of terminals mean; nil for those that mean no key.
enum KeySequence {
  /// One byte that begins no sequence.
  static func single(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x0D, 0x0A: .enter
    case 0x09: .tab
    case 0x08, 0x7F: .backspace
    case 0x00: .control(" ")
    case 0x01..<0x1B: .control(Character(Unicode.Scalar(byte + 0x60)))
    case 0x1C..<0x20: .control(Character(Unicode.Scalar(byte + 0x40)))
    case 0x20..<0x7F: .character(Character(Unicode.Scalar(byte)))
    default: nil
    }
  }

  /// A scalar beyond ASCII; C1 controls are nothing that a person types.
  static func typed(_ scalar: Unicode.Scalar) -> Key? {
    scalar.value < 0xA0 ? nil : .character(Character(scalar))
  }

  /// `ESC [ [ A` to `E`: the function keys of the Linux console.
  static func linuxFunction(_ byte: UInt8) -> Key? {
    (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(byte) ? .function(Int(byte) - 0x40) : nil
  }

  /// `ESC [` parameters final.
  static func control(_ parameters: [UInt8], final: UInt8) -> Key? {
    let numbers = numbers(in: parameters)
    switch (parameters.first, Character(Unicode.Scalar(final))) {
    case (UInt8(ascii: "<"), "M"): return mouse(numbers, isRelease: false)
    case (UInt8(ascii: "<"), "m"): return mouse(numbers, isRelease: true)
    case (.some(0x3C...0x3F), _): return nil  // answers of the terminal
    case (_, "~"): return tilde(numbers)
    case (_, "^"): return numbered(numbers).map { adding(.control, to: $0) }
    case (_, "$"): return numbered(numbers).map { adding(.shift, to: $0) }
    case (_, "@"): return numbered(numbers).map { adding([.control, .shift], to: $0) }
    case (_, "u"): return coded(numbers.first ?? 0, modifiers(numbers, at: 1))
    case (_, "M") where numbers.count >= 3: return mouse([numbers[0] - 32, numbers[1], numbers[2]], isRelease: false)
    case (_, "I"): return .focusGained
    case (_, "O"): return .focusLost
    case (_, "Z"): return .backTab
    case (_, "a"), (_, "b"), (_, "c"), (_, "d"): return lettered(final - 0x20).map { adding(.shift, to: $0) }
    default: return lettered(final).map { adding(modifiers(numbers, at: 1), to: $0) }
    }
  }

  /// `ESC O` parameters final.
  static func singleShift(_ parameters: [UInt8], final: UInt8) -> Key? {
    let numbers = numbers(in: parameters)
    let held = modifiers(numbers, at: numbers.count - 1)
    switch Character(Unicode.Scalar(final)) {
    case "a", "b", "c", "d": return lettered(final - 0x20).map { adding(.control, to: $0) }
    case "M": return .enter
    case "I": return .tab
    case "X": return .character("=")
    case "j"..."y": return single(final - 0x40)  // the keypad sends the character's code and 64
    default: return lettered(final).map { adding(held, to: $0) }
    }
  }

  /// `ESC [ M` and three bytes: the mouse of terminals that know no other form.
  static func oldMouse(_ bytes: [UInt8]) -> Key? {
    let numbers = bytes.map { Int($0) - 32 }
    guard numbers.count == 3, numbers[0] & 3 != 3 || numbers[0] & 0x60 != 0 else {
      return numbers.count == 3 ? mouse([0, numbers[1], numbers[2]], isRelease: true) : nil
    }
    return mouse(numbers, isRelease: false)
  }

  /// A key with more keys held down.
  static func adding(_ held: Key.Modifiers, to key: Key) -> Key {
    guard !held.isEmpty else { return key }
    switch key {
    case .character(let character):
      if held.contains(.control) {
        return adding(held.subtracting([.control, .shift]), to: .control(lower(character)))
      }
      return held.contains(.alt) ? .alt(character) : key
    case .tab where held == .shift: return .backTab
    case .modified(let plain, let others): return .modified(plain, others.union(held))
    case .mouse(var event):
      event.modifiers.formUnion(held)
      return .mouse(event)
    case .paste, .focusGained, .focusLost: return key
    default: return .modified(key, held)
    }
  }

  private static func lower(_ character: Character) -> Character {
    guard let ascii = character.asciiValue, (0x41..<0x5B).contains(ascii) else { return character }
    return Character(Unicode.Scalar(ascii + 0x20))
  }

  /// There are digits, and nothing else.
  static func isNumber(_ bytes: [UInt8]) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { (0x30..<0x3A).contains($0) }
  }

  private static func lettered(_ final: UInt8) -> Key? {
    switch Character(Unicode.Scalar(final)) {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "H": .home
    case "F": .end
    case "P": .function(1)
    case "Q": .function(2)
    case "R": .function(3)
    case "S": .function(4)
    default: nil
    }
  }

  private static func tilde(_ numbers: [Int]) -> Key? {
    if numbers.first == 27, numbers.count >= 3 { return coded(numbers[2], modifiers(numbers, at: 1)) }
    return numbered(numbers).map { adding(modifiers(numbers, at: 1), to: $0) }
  }

  private static func numbered(_ numbers: [Int]) -> Key? {
    switch numbers.first {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case .some(let number) where (11...15).contains(number): .function(number - 10)
    case .some(let number) where (17...21).contains(number): .function(number - 11)
    case .some(let number) where (23...26).contains(number): .function(number - 12)
    case .some(let number) where (28...29).contains(number): .function(number - 13)
    case .some(let number) where (31...34).contains(number): .function(number - 14)
    default: nil
    }
  }

  /// A key by its character's number, as terminals send it that can tell more keys apart.
  private static func coded(_ code: Int, _ held: Key.Modifiers) -> Key? {
    let key: Key? =
      switch code {
      case 27: .escape
      case 13: .enter
      case 9: .tab
      case 8, 127: .backspace
      case 0x20..<0x7F: .character(Character(Unicode.Scalar(UInt8(code))))
      default: Unicode.Scalar(UInt32(clamping: code)).flatMap(typed)
      }
    return key.map { adding(held, to: $0) }
  }

  private static func modifiers(_ numbers: [Int], at index: Int) -> Key.Modifiers {
    guard numbers.indices.contains(index), numbers[index] > 1 else { return [] }
    let bits = numbers[index] - 1
    var held = Key.Modifiers(rawValue: UInt8(bits & 7))
    if bits & 8 != 0 { held.insert(.alt) }  // Meta
    return held
  }

  private static func mouse(_ numbers: [Int], isRelease: Bool) -> Key? {
    guard numbers.count >= 3, numbers[0] >= 0 else { return nil }
    let bits = numbers[0]
    let point = Point(column: max(0, numbers[1] - 1), row: max(0, numbers[2] - 1))
    var held: Key.Modifiers = []
    if bits & 4 != 0 { held.insert(.shift) }
    if bits & 8 != 0 { held.insert(.alt) }
    if bits & 16 != 0 { held.insert(.control) }
    return action(bits, isRelease).map { .mouse(MouseEvent($0, at: point, modifiers: held)) }
  }

  private static func action(_ bits: Int, _ isRelease: Bool) -> MouseEvent.Action? {
    let buttons: [MouseEvent.Button] = [.left, .middle, .right]
    switch (bits & 0xE0, bits & 3) {
    case (0, 0...2): return isRelease ? .release(buttons[bits & 3]) : .press(buttons[bits & 3])
    case (0x20, 3): return .move
    case (0x20, 0...2): return .drag(buttons[bits & 3])
    case (0x40, 0): return .wheelUp
    case (0x40, 1): return .wheelDown
    case (0x40, 2): return .wheelLeft
    case (0x40, 3): return .wheelRight
    default: return nil
    }
  }

  /// The numbers between semicolons, the first of each that colons divide; one that is missing is 0, a huge one is
  /// large.
  private static func numbers(in parameters: [UInt8]) -> [Int] {
    guard !parameters.isEmpty else { return [] }
    return parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
      let digits = part.prefix { $0 != UInt8(ascii: ":") }.filter { (0x30..<0x3A).contains($0) }
      return digits.reduce(0) { min($0 * 10 + Int($1 - 0x30), 10_000_000) }
    }
  }
}
