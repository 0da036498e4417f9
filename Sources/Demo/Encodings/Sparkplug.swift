/// A payload of Sparkplug B: metrics with a time and a sequence number.
///
/// Source: Sparkplug 3.0, 6.4.
struct SparkplugPayload: Equatable, Sendable {
  /// Milliseconds since 1970.
  var timestamp: Int
  var metrics: [SparkplugMetric]
  /// 0 to 255, then 0 again; nil where the standard has none.
  var sequence: UInt8?

  var bytes: [UInt8] {
    var message = Protobuf()
    message.add(1, UInt64(timestamp))
    for metric in metrics { message.add(2, metric.message(at: timestamp)) }
    if let sequence { message.add(3, UInt64(sequence)) }
    return message.bytes
  }
}

/// A named value of a device.
struct SparkplugMetric: Equatable, Sendable {
  enum Value: Equatable, Sendable {
    case int64(Int64)
    case float(Float)
    case flag(Bool)
    case text(String)
  }

  var name: String
  var value: Value

  fileprivate func message(at timestamp: Int) -> Protobuf {
    var message = Protobuf()
    message.add(1, name)
    message.add(3, UInt64(timestamp))
    switch value {
    case .int64(let number):
      message.add(4, UInt64(4))
      message.add(11, UInt64(bitPattern: number))
    case .float(let number):
      message.add(4, UInt64(9))
      message.add(12, number)
    case .flag(let flag):
      message.add(4, UInt64(11))
      message.add(14, flag)
    case .text(let text):
      message.add(4, UInt64(12))
      message.add(15, text)
    }
    return message
  }
}
