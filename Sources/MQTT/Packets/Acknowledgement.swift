/// PUBACK, PUBREC, PUBREL or PUBCOMP: a step of a delivery at QoS 1 or 2.
public struct Acknowledgement: Equatable, Sendable {
  /// The number of the delivery, 1 to 65,535.
  public var packetID: UInt16
  /// The outcome; 3.1.1 carries none and reads as success.
  public var reasonCode: ReasonCode
  /// Properties, 5.0 only.
  public var properties: Properties

  /// A step of the delivery with this number.
  public init(_ packetID: UInt16, _ reasonCode: ReasonCode = .success, properties: Properties = []) {
    self.packetID = packetID
    self.reasonCode = reasonCode
    self.properties = properties
  }
}
