#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Averages over one, five and fifteen minutes of what happens a minute, as `$SYS/broker/load` tells them.
struct Load: Equatable, Sendable {
  private static let kinds: [(name: String, count: @Sendable (Statistics) -> Int)] = [
    ("messages/received", { $0.packetsReceived }), ("messages/sent", { $0.packetsSent }),
    ("publish/received", { $0.publishesReceived }), ("publish/sent", { $0.publishesSent }),
    ("publish/dropped", { $0.publishesDropped }), ("bytes/received", { $0.bytesReceived }),
    ("bytes/sent", { $0.bytesSent }), ("connections", { $0.connectionsMade }),
  ]

  private var averages = [Double](repeating: 0, count: kinds.count * 3)
  private var last = Statistics()
  private var updatedAt: Int64?

  /// Takes in what was counted since the last time, and gives all averages.
  mutating func update(with statistics: Statistics, at now: Int64) -> [(topic: String, value: String)] {
    let seconds = Double(now - (updatedAt ?? now)) / 1e9
    var facts: [(topic: String, value: String)] = []
    for (index, kind) in Self.kinds.enumerated() {
      let count = Double(kind.count(statistics) - kind.count(last))
      for (span, minutes) in [1.0, 5, 15].enumerated() {
        let place = index * 3 + span
        if seconds > 0 {
          // After a time t of nothing an average over T keeps e^(-t/T) of itself
          let kept = exp(-seconds / (minutes * 60))
          averages[place] = averages[place] * kept + count / seconds * 60 * (1 - kept)
        }
        facts.append(("load/\(kind.name)/\(Int(minutes))min", Self.hundredths(averages[place])))
      }
    }
    if seconds > 0 || updatedAt == nil { (last, updatedAt) = (statistics, now) }
    return facts
  }

  private static func hundredths(_ value: Double) -> String {
    let whole = Int((value * 100).rounded())
    return "\(whole / 100).\(whole % 100 < 10 ? "0" : "")\(whole % 100)"
  }
}
