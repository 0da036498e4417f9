/// The level of assurance with which a message is delivered.
public enum QoS: UInt8, Sendable, CaseIterable, Comparable {
  /// QoS 0: sent once and never acknowledged.
  case atMostOnce = 0
  /// QoS 1: sent until acknowledged by PUBACK.
  case atLeastOnce = 1
  /// QoS 2: handed over by PUBREC, PUBREL, PUBCOMP.
  case exactlyOnce = 2

  /// Orders the levels by assurance.
  public static func < (a: QoS, b: QoS) -> Bool { a.rawValue < b.rawValue }
}
