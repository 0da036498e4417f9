import MQTT
import NIOCore
import TopicStore

/// A store to measure with, and messages for it.
final class Shop {
  var store: TopicStore
  let bytes: ByteBuffer
  let views: [PublishView]
  private var time: Int64 = 1_800_000_000_000_000_000

  init(_ bytes: ByteBuffer, memory: Int = 256 << 20) throws {
    store = TopicStore(limits: Limits(bytes: memory))
    self.bytes = bytes
    views = try Packets.views(of: bytes)
  }

  /// 200,000 topics of the shape site03/assembly/line2/dev00611/sensors/humidity, retained values of 64 bytes, all open.
  static func large() throws -> Shop {
    let shop = try Shop(largePackets())
    shop.fill()
    shop.store.setOpenBelow(true, nil)
    return shop
  }

  static func largePackets() throws -> ByteBuffer {
    try Packets.publishes(200_000, topics: 200_000, named: Packets.factoryTopic, payload: 64, isRetained: true)
  }

  /// All messages once, and a settle.
  func fill() {
    append(to: &store, views[...])
    settle()
  }

  /// Some of the messages, without a settle.
  func append(_ places: Range<Int>) { append(to: &store, views[places]) }

  func settle() { store.settle(at: time) }

  private func append(to store: inout TopicStore, _ views: ArraySlice<PublishView>) {
    let bytes = bytes
    let span = bytes.readableBytesSpan
    time += 1_000_000
    for view in views {
      store.append(
        topic: span.extracting(view.topic), payload: span.extracting(view.payload),
        properties: span.extracting(view.properties),
        flags: MessageFlags(firstByte: view.flags, retainAsPublished: true), at: time)
    }
  }
}
