import Glibc

/// A colour at every depth that terminals have.
public struct Colour: Hashable, Sendable {
  /// 0xRRGGBB.
  public let rgb: UInt32
  /// Its number among xterm's 256.
  public let indexed: UInt8
  /// Its number among the eight of ANSI and their bright twins.
  public let basic: UInt8

  /// A colour; where a number is not given, the nearest one is taken.
  public init(_ rgb: UInt32, _ indexed: UInt8? = nil, _ basic: Basic? = nil) {
    self.rgb = rgb & 0xFFFFFF
    self.indexed = indexed ?? Colour.nearest(rgb, among: 16..<256)
    self.basic = basic?.rawValue ?? Colour.nearest(rgb, among: 0..<16)
  }

  /// The sixteen colours that have names.
  public enum Basic: UInt8, CaseIterable, Sendable {
    /// What the terminal calls by these names; the shades are its own.
    case black, red, green, yellow, blue, magenta, cyan, white
    /// The bright twins.
    case brightBlack, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite
  }

  /// 0xRRGGBB of one of the 256 as xterm shows it; the first sixteen may differ from terminal to terminal.
  static func rgb(indexed number: UInt8) -> UInt32 {
    switch number {
    case 0..<16: return basics[Int(number)]
    case 16..<232:
      let steps: [UInt32] = [0, 95, 135, 175, 215, 255]
      let cube = Int(number) - 16
      return steps[cube / 36] << 16 | steps[cube / 6 % 6] << 8 | steps[cube % 6]
    default: return (8 + UInt32(number - 232) * 10) * 0x010101
    }
  }

  private static let basics: [UInt32] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]

  private static func nearest(_ rgb: UInt32, among numbers: Range<Int>) -> UInt8 {
    UInt8(
      numbers.min { distance(rgb, Self.rgb(indexed: UInt8($0))) < distance(rgb, Self.rgb(indexed: UInt8($1))) } ?? 7)
  }

  /// Red counts for three, green for six, blue for one, about as eyes weigh them.
  private static func distance(_ one: UInt32, _ other: UInt32) -> Int {
    func part(_ shift: UInt32) -> Int { Int(one >> shift & 255) - Int(other >> shift & 255) }
    return 3 * part(16) * part(16) + 6 * part(8) * part(8) + part(0) * part(0)
  }

  /// The contrast of two colours by WCAG 2: from 1 to 21.
  static func contrast(_ one: UInt32, _ other: UInt32) -> Double {
    let (first, second) = (luminance(one), luminance(other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  private static func luminance(_ rgb: UInt32) -> Double {
    func linear(_ shift: UInt32) -> Double {
      let value = Double(rgb >> shift & 255) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
  }
}
