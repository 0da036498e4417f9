import MQTT
import MQTTClient

/// People who talk, in several languages, with properties that say who.
struct Chat: Scene {
  private var random: SplitMix
  private var lines = Rhythm(every: 2.3, first: 0.5)
  private var number = 0
  private var last = 0

  private static let name = "chat-server"
  private static let talk: [(room: String, who: String, words: String)] = [
    ("lobby", "Ada", "good morning, who broke the build?"), ("lobby", "Björn", "not me, it was the cat 🐈"),
    ("lobby", "Chloé", "ça marche chez moi"), ("开发", "伟", "新的传感器已经上线"), ("开发", "静", "温度有点高,请检查"),
    ("عربي", "ليلى", "صباح الخير، كيف الحال؟"), ("עברית", "נועה", "הכול עובד"), ("emoji", "🤖", "👨‍👩‍👧‍👦 ❤️‍🔥 🏳️‍🌈 🇳🇱"),
    ("lobby", "Ada", "retained messages are for those who come later"), ("lobby", "Björn", "QoS 2 is for the brave"),
  ]

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  func begin(at time: WorldTime) -> [Happening] {
    [
      .connect(Device(Self.name)),
      .publish(Message("chat/topic", "Welcome! 欢迎! أهلاً!", isRetained: true), by: Self.name),
    ]
  }

  mutating func advance(to time: WorldTime) -> [Happening] {
    guard lines.isDue(at: time) else { return [] }
    // Nobody says the same thing twice in a row
    last = (last + .random(in: 1..<Self.talk.count, using: &random)) % Self.talk.count
    let line = Self.talk[last]
    number += 1
    return [
      .publish(
        Message(
          "chat/\(line.room)", line.words, qos: .atLeastOnce,
          properties: [
            .payloadFormatIndicator(.utf8), .contentType("text/plain"), .messageExpiryInterval(3_600),
            .userProperty(UserProperty("from", line.who)), .userProperty(UserProperty("number", "\(number)")),
          ]), by: Self.name)
    ]
  }
}
