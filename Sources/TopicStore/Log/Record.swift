/// The head of one message in the log: 20 bytes, or 24 if it has properties, then these and its payload.
///
/// A cut message has 8 bytes more behind the head: the size its payload had.
struct Record: BitwiseCopyable {
  let time: Int64
  private let topicAndMarks: UInt32
  /// How far back the previous message of the topic is, in units of 8 bytes, or 0.
  let back: UInt32
  /// The highest bit says whether there are properties: a payload of MQTT needs 28. [MQTT-2.1.4]
  private let payloadCountAndSign: UInt32
  /// Written with every head, and then written over by what follows a head without properties.
  private let propertiesCountIfAny: UInt32

  private static let propertiesSign: UInt32 = 1 << 31

  init(topic: UInt32, marks: Marks, time: Int64, back: UInt32, payloadCount: Int, propertiesCount: Int) {
    topicAndMarks = topic | UInt32(marks.rawValue) << 24
    self.time = time
    self.back = back
    payloadCountAndSign = UInt32(payloadCount) | (propertiesCount > 0 ? Self.propertiesSign : 0)
    propertiesCountIfAny = UInt32(propertiesCount)
  }

  var topic: UInt32 { topicAndMarks & 0xff_ffff }
  var marks: Marks { Marks(rawValue: UInt8(topicAndMarks >> 24)) }
  var flags: MessageFlags { MessageFlags(rawValue: marks.rawValue & 0x1f) }
  var payloadCount: UInt32 { payloadCountAndSign & ~Self.propertiesSign }
  var propertiesCount: UInt32 { payloadCountAndSign & Self.propertiesSign == 0 ? 0 : propertiesCountIfAny }

  /// Where the head ends, and a cut message says the size its payload had.
  var end: Int { Self.byteCount(hasProperties: payloadCountAndSign & Self.propertiesSign != 0) }
  var propertiesOffset: Int { end + (marks.contains(.isCut) ? 8 : 0) }
  var payloadOffset: Int { propertiesOffset + Int(propertiesCount) }

  /// Bytes of the whole, a multiple of 8.
  var byteCount: Int {
    Self.byteCount(marks, payloadCount: Int(payloadCount), propertiesCount: Int(propertiesCount))
  }

  @inline(__always)
  static func byteCount(_ marks: Marks, payloadCount: Int, propertiesCount: Int) -> Int {
    let head = byteCount(hasProperties: propertiesCount > 0)
    return (head + (marks.contains(.isCut) ? 8 : 0) + propertiesCount + payloadCount + 7) & ~7
  }

  @inline(__always)
  private static func byteCount(hasProperties: Bool) -> Int {
    hasProperties ? 24 : 20
  }

  /// The message's flags in five bits, and what happened to it in the log in three.
  struct Marks: OptionSet {
    let rawValue: UInt8
    /// Moved forward when its segment went.
    static let isMoved = Marks(rawValue: 32)
    /// Only the first bytes of the payload are here.
    static let isCut = Marks(rawValue: 64)
    /// Moved forward only because it is shown; newer messages of its topic do not lead back to it.
    static let isAside = Marks(rawValue: 128)
  }
}
