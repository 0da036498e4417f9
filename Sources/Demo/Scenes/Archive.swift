import MQTT
import MQTTClient

/// Large and strange payloads that lie still: two megabytes of JSON, a picture, a firmware.
struct Archive: Scene {
  private let seed: UInt64

  private static let name = "archive"

  init(seed: UInt64) { self.seed = seed }

  func begin(at time: WorldTime) -> [Happening] {
    var random = SplitMix(seed: seed)
    let firmware = (0..<8_192).flatMap { _ in random.next().bigEndianBytes }
    return [
      .connect(Device(Self.name)),
      keep("archive/inventory", Array(inventory(&random).utf8), "application/json"),
      keep("archive/picture", picture, "image/png"),
      keep("archive/firmware", firmware, "application/octet-stream"),
      keep("archive/broken.json", Array(#"{"temperature": 21.4, "humidity": }"#.utf8), "application/json"),
      keep("archive/exact.json", Array(#"{"big":12345678901234567890,"small":0.10,"twice":1,"twice":2}"#.utf8), nil),
    ]
  }

  mutating func advance(to time: WorldTime) -> [Happening] { [] }

  private func keep(_ topic: String, _ bytes: [UInt8], _ type: String?) -> Happening {
    .publish(
      Message(
        topic, bytes: bytes, qos: .atLeastOnce, isRetained: true,
        properties: Properties([type.map(Property.contentType)].compactMap(\.self))), by: Self.name)
  }

  /// Two megabytes.
  private func inventory(_ random: inout SplitMix) -> String {
    var text = #"{"warehouse":"Rotterdam","items":["#
    var number = 1
    while text.utf8.count < 2_000_000 {
      let price = Double.random(in: 1...900, using: &random).inTenths
      text += number == 1 ? "" : ","
      text +=
        #"{"sku":"A-\#(100_000 + number)","name":"part \#(number)","stock":\#(number * 7 % 500),"price":\#(price)}"#
      number += 1
    }
    return text + "]}"
  }

  /// A sunset over the sea.
  private var picture: [UInt8] {
    Stored.png(width: 96, height: 64) { column, row in
      let (x, y) = (column - 48, row - 34)
      if row < 40, x * x + y * y < 196 { return (255, 214, 102) }
      let fade = UInt8(row * 3)
      return row < 40 ? (250 - fade / 2, 120 + fade / 3, 90 + fade / 2) : (20, 60 + UInt8((column + row) % 7) * 6, 110)
    }
  }
}
