extension Theme {
  /// What to show for a style at a depth.
  func appearance(of style: Style, depth: ColourDepth) -> Appearance {
    let look = self[style.role]
    let ground = self[style.ground]
    let emphasis = Look.Attributes(rawValue: style.emphasis.rawValue)
    guard depth != .monochrome, look.colour != nil || ground.colour != nil else {
      return Appearance(attributes: look.monochrome.symmetricallyReversed(by: ground.monochrome).union(emphasis))
    }
    let colour = legible(look.colour, style.role, on: ground, depth)
    var shown = Appearance(attributes: look.attributes.union(emphasis))
    shown.background = number(ground.colour, depth, isGround: true)
    shown.foreground = number(colour, depth, isGround: false)
    if depth == .basic, let colour, colour.basic > 8 { shown.attributes.insert(.bold) }
    if style.ground != .base, shown.background == number(.base, depth) {
      shown.attributes.formUnion(ground.monochrome.subtracting(.reverse))
    }
    return shown
  }

  /// The least contrast that a role needs: lines may be faint, side remarks quiet, the rest is to be read.
  static func leastContrast(_ role: Role) -> Double {
    switch role {
    case .border: 1.4
    case .borderFocused, .fold, .dim, .age, .punctuation, .placeholder, .offset, .live, .retainedUnknown: 3
    default: 4.5
    }
  }

  private func legible(_ colour: Colour?, _ role: Role, on ground: GroundLook, _ depth: ColourDepth) -> Colour? {
    guard let colour, let behind = ground.colour else { return colour }
    var least = Theme.leastContrast(role)
    if depth == .basic || depth == .bright {
      // Every terminal has its own sixteen shades: beside the base, only black and white are sure to be told from one.
      guard number(behind, depth, isGround: true) == number(.base, depth) else { return ground.ink }
      least = min(least, 3)
    }
    let contrast = Colour.contrast(
      Theme.shade(colour, depth, isGround: false), Theme.shade(behind, depth, isGround: true))
    return contrast < least ? ground.ink : colour
  }

  /// 0xRRGGBB of what is seen of a colour at a depth, as far as that can be known.
  static func shade(_ colour: Colour, _ depth: ColourDepth, isGround: Bool) -> UInt32 {
    switch depth {
    case .direct, .monochrome: colour.rgb
    case .indexed: Colour.rgb(indexed: colour.indexed)
    case .bright: Colour.rgb(indexed: colour.basic)
    case .basic: Colour.rgb(indexed: isGround ? colour.basic & 7 : basicForeground(colour.basic))
    }
  }

  private func number(_ ground: Ground, _ depth: ColourDepth) -> Int32 {
    number(self[ground].colour, depth, isGround: true)
  }

  private func number(_ colour: Colour?, _ depth: ColourDepth, isGround: Bool) -> Int32 {
    guard let colour else { return -1 }
    switch depth {
    case .monochrome: return -1
    case .basic: return Int32(isGround ? colour.basic & 7 : Theme.basicForeground(colour.basic) & 7)
    case .bright: return Int32(colour.basic)
    case .indexed: return Int32(colour.indexed)
    case .direct: return Int32(max(colour.rgb, 8))  // the first eight numbers are the terminal's own colours
    }
  }

  /// With eight colours, bold makes the bright twins; bold black would be invisible on many terminals.
  private static func basicForeground(_ basic: UInt8) -> UInt8 {
    basic == Colour.Basic.brightBlack.rawValue ? Colour.Basic.white.rawValue : basic
  }
}

extension Look.Attributes {
  /// Both together; what is reversed twice is as it was, but a reversed role on a reversed ground has to differ from
  /// it.
  fileprivate func symmetricallyReversed(by ground: Look.Attributes) -> Look.Attributes {
    let both = union(ground)
    return contains(.reverse) && ground.contains(.reverse) ? both.subtracting(.reverse) : both
  }
}
