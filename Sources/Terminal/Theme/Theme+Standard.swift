extension Theme {
  /// The dark theme, compiled in so that there always is one; `themes/dark.toml` says the same.
  public static let standard = Theme(name: "dark", roles: standardRoles, grounds: standardGrounds)

  private static let ink = Colour(0x14171C, 233, .black)
  private static let coal = Colour(0x191D23, 234, .black)
  private static let ash = Colour(0x21262E, 235, .black)
  private static let slate = Colour(0x242A33, 236, .black)
  private static let pool = Colour(0x1F2B3A, 236, .black)
  private static let steel = Colour(0x323B48, 238, .blue)
  private static let night = Colour(0x2A4668, 24, .cyan)
  private static let moss = Colour(0x22332F, 236, .black)
  private static let rust = Colour(0x5A2529, 52, .red)
  private static let line = Colour(0x465062, 240, .blue)
  private static let sea = Colour(0x6D9FD8, 74, .brightCyan)
  private static let smoke = Colour(0x8B94A4, 246, .brightBlack)
  private static let haze = Colour(0xA3B4CC, 110, .white)
  private static let mist = Colour(0xB9C1CD, 250, .white)
  private static let fog = Colour(0xD8DCE3, 253, .white)
  private static let snow = Colour(0xF4F6F9, 231, .brightWhite)
  private static let glow = Colour(0xF4F6F9, 231, .black)
  private static let sky = Colour(0x8AB4F0, 111, .brightCyan)
  private static let ice = Colour(0x84CDD6, 116, .cyan)
  private static let leaf = Colour(0xA5CB86, 150, .brightGreen)
  private static let gold = Colour(0xE6C384, 222, .brightYellow)
  private static let clay = Colour(0xE3A27A, 216, .yellow)
  private static let rose = Colour(0xF08F8F, 210, .brightRed)
  private static let plum = Colour(0xC6A5E0, 183, .brightMagenta)
  private static let pink = Colour(0xE58AB5, 175, .brightMagenta)

  private static let standardRoles: [Role: Look] = [
    .text: Look(fog),
    .dim: Look(smoke, monochrome: [.dim]),
    .accent: Look(sky, [.bold]),
    .title: Look(mist),
    .titleFocused: Look(sky, [.bold]),
    .border: Look(line),
    .borderFocused: Look(sea, monochrome: [.bold]),
    .topic: Look(fog),
    .branch: Look(haze),
    .fold: Look(smoke),
    .value: Look(mist),
    .age: Look(smoke),
    .count: Look(haze),
    .rate: Look(ice),
    .retained: Look(gold),
    .retainedUnknown: Look(smoke),
    .live: Look(smoke),
    .key: Look(sky),
    .string: Look(leaf),
    .number: Look(clay),
    .literal: Look(plum),
    .punctuation: Look(smoke),
    .offset: Look(smoke, monochrome: [.dim]),
    .byte: Look(ice),
    .ascii: Look(mist),
    .control: Look(pink, monochrome: [.reverse]),
    .match: Look(gold, [.bold, .underline]),
    .lampUp: Look(leaf),
    .lampWaiting: Look(gold),
    .lampDown: Look(rose, [.bold]),
    .success: Look(leaf),
    .warning: Look(gold, monochrome: [.bold]),
    .danger: Look(rose, [.bold]),
    .shortcut: Look(ice, [.bold]),
    .label: Look(smoke),
    .input: Look(snow),
    .placeholder: Look(smoke, monochrome: [.dim]),
    .sparkline: Look(ice),
  ]

  private static let standardGrounds: [Ground: GroundLook] = [
    .base: GroundLook(ink, ink: fog),
    .panel: GroundLook(coal, ink: fog),
    .selected: GroundLook(night, ink: glow, monochrome: [.reverse]),
    .selectedUnfocused: GroundLook(steel, ink: snow, monochrome: [.underline]),
    .lit: GroundLook(moss, ink: snow, monochrome: [.bold]),
    .bar: GroundLook(ash, ink: snow, monochrome: [.reverse]),
    .popup: GroundLook(slate, ink: snow),
    .field: GroundLook(pool, ink: snow, monochrome: [.underline]),
    .fieldFocused: GroundLook(steel, ink: snow, monochrome: [.bold, .underline]),
    .danger: GroundLook(rust, ink: snow, monochrome: [.bold, .reverse]),
  ]
}
