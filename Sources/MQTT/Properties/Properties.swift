/// The properties of a packet, in the order in which they are sent or came.
public struct Properties: Hashable, Sendable {
  /// The properties in their order.
  public var list: [Property]

  /// Properties in this order.
  public init(_ list: [Property] = []) { self.list = list }

  /// Whether there are none.
  public var isEmpty: Bool { list.isEmpty }

  /// Adds one at the end.
  public mutating func append(_ property: Property) { list.append(property) }
}

extension Properties: ExpressibleByArrayLiteral {
  /// Properties in the order of the literal.
  public init(arrayLiteral elements: Property...) { list = elements }
}
