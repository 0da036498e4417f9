/// The head of one message in the log: 24 bytes, then its properties and its payload.
///
/// A cut message has 8 bytes more between them: the size its payload had.
struct Record: BitwiseCopyable {
  let time: Int64
  private let topicAndMarks: UInt32
  /// How far back the previous message of the topic is, in units of 8 bytes, or 0.
  let back: UInt32
  let payloadCount: UInt32
  let propertiesCount: UInt32

  static let size = 24

  init(topic: UInt32, marks: Marks, time: Int64, back: UInt32, payloadCount: Int, propertiesCount: Int) {
    topicAndMarks = topic | UInt32(marks.rawValue) << 24
    self.time = time
    self.back = back
    self.payloadCount = UInt32(payloadCount)
    self.propertiesCount = UInt32(propertiesCount)
  }

  var topic: UInt32 { topicAndMarks & 0xff_ffff }
  var marks: Marks { Marks(rawValue: UInt8(topicAndMarks >> 24)) }
  var flags: MessageFlags { MessageFlags(rawValue: marks.rawValue & 0x1f) }

  /// Bytes between the head and the properties.
  private var gap: Int { marks.contains(.isCut) ? 8 : 0 }
  var propertiesOffset: Int { Self.size + gap }
  var payloadOffset: Int { propertiesOffset + Int(propertiesCount) }

  /// Bytes of the whole, a multiple of 8.
  var byteCount: Int {
    Self.byteCount(marks, payloadCount: Int(payloadCount), propertiesCount: Int(propertiesCount))
  }

  @inline(__always)
  static func byteCount(_ marks: Marks, payloadCount: Int, propertiesCount: Int) -> Int {
    (size + (marks.contains(.isCut) ? 8 : 0) + propertiesCount + payloadCount + 7) & ~7
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
