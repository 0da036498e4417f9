/// A field of a packet: where it is in the bytes, what the standard calls it, and what it says.
public struct PacketField: Equatable, Sendable {
  /// How the field is to be taken.
  public enum Kind: Equatable, Sendable {
    /// A field of the packet.
    case field
    /// A part of the field before it: bits of a byte, or a property.
    case part
    /// What must not be shown: a password, authentication data. `value` says its size alone.
    case secret
    /// What the standard forbids at this place; `value` says why.
    case fault
    /// Bytes that are not here, because only the first of a large packet were kept.
    case missing
  }

  /// The name in the standard's words, such as `topic name`.
  public var name: String
  /// What it says, in words.
  public var value: String
  /// Its bytes, counted from the first of the packet.
  public var place: Range<Int>
  /// How it is to be taken.
  public var kind: Kind

  /// A field.
  public init(_ name: String, _ value: String, at place: Range<Int>, _ kind: Kind = .field) {
    self.name = name
    self.value = value
    self.place = place
    self.kind = kind
  }
}
