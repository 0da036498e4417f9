/// The packet identifiers in use by one sender: one space for PUBLISH, SUBSCRIBE and UNSUBSCRIBE.
///
/// They are given in order, and from 1 again after the last: so an answer that comes twice, or too late, is not taken for
/// the one to the next packet. None is given twice while it is in use.
public struct PacketIdentifiers: Equatable, Sendable {
  /// What an identifier is for.
  public enum Use: Sendable {
    /// A message, which may wait until one is free.
    case publish
    /// SUBSCRIBE or UNSUBSCRIBE, for which a few are kept back.
    case subscription
  }

  /// How many are in use.
  public private(set) var count = 0

  private static let all = 65_535
  private static let keptBack = 16
  /// One bit an identifier, 1 for in use; grows with the highest one given.
  private var words: [UInt64] = [1]  // 0 is no identifier [MQTT-2.2.1-3]
  /// The one that was given last.
  private var last: UInt16 = 0

  /// None is in use.
  public init() {}

  /// The next free identifier, now in use; nil if there is none left for this use.
  public mutating func take(for use: Use) -> UInt16? {
    guard hasFree(for: use) else { return nil }
    let id = nextFree
    take(id)
    return id
  }

  /// The first free one after the last that was given; there is one.
  private var nextFree: UInt16 {
    var (word, bit) = (last == .max ? 1 : Int(last) + 1).quotientAndRemainder(dividingBy: UInt64.bitWidth)
    var taken = word < words.count ? words[word] | (1 << UInt64(bit) - 1) : 0
    while taken == .max {
      word = (word + 1) % (Self.all / UInt64.bitWidth + 1)
      bit = 0
      taken = word < words.count ? words[word] : 0
    }
    return UInt16(word * UInt64.bitWidth + max(bit, (~taken).trailingZeroBitCount))
  }

  /// Puts this identifier to use, as one of an earlier run of the program; false if it is in use or none.
  @discardableResult
  public mutating func take(_ id: UInt16) -> Bool {
    guard id != 0, !isInUse(id) else { return false }
    let (word, bit) = Int(id).quotientAndRemainder(dividingBy: UInt64.bitWidth)
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(bit)
    count += 1
    last = id
    return true
  }

  /// Whether `take` would give one.
  public func hasFree(for use: Use) -> Bool {
    count < (use == .publish ? Self.all - Self.keptBack : Self.all)
  }

  /// Ends the use of an identifier; false if it was not in use.
  @discardableResult
  public mutating func free(_ id: UInt16) -> Bool {
    guard isInUse(id) else { return false }
    let (word, bit) = Int(id).quotientAndRemainder(dividingBy: UInt64.bitWidth)
    words[word] &= ~(1 << UInt64(bit))
    count -= 1
    return true
  }

  /// Whether an identifier is in use.
  public func isInUse(_ id: UInt16) -> Bool {
    let (word, bit) = Int(id).quotientAndRemainder(dividingBy: UInt64.bitWidth)
    return id != 0 && word < words.count && words[word] & 1 << UInt64(bit) != 0
  }
}
