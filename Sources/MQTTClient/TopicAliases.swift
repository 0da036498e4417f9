import MQTT
import NIOCore

/// The topics that the broker gave numbers to, for one connection [MQTT-3.3.2-7].
struct TopicAliases: Equatable, Sendable {
  private struct Entry: Equatable {
    var topic: [UInt8]
    /// Where the topic is in the current read, if it is there.
    var place: UInt32?
  }

  private var entries: [UInt16: Entry] = [:]

  /// Places in the read before say nothing about the next one.
  mutating func startRead() {
    guard !entries.isEmpty else { return }
    for alias in entries.keys { entries[alias]?.place = nil }
  }

  /// Learns the alias of a message, or gives the message the topic its alias stands for; false if it stands for none.
  ///
  /// The topic is written behind the bytes of the read, once for each alias and read, so that a view can point at it.
  mutating func resolve(_ view: inout PublishView, in bytes: inout ByteBuffer) -> Bool {
    if view.topicSize > 0 {
      let start = bytes.readerIndex + view.topic.lowerBound
      guard let topic = bytes.getBytes(at: start, length: view.topic.count) else { return false }
      entries[view.topicAlias] = Entry(topic: topic, place: view.topicStart)
      return true
    }
    guard let entry = entries[view.topicAlias] else { return false }
    let place = entry.place ?? UInt32(bytes.readableBytes)
    if entry.place == nil {
      bytes.writeBytes(entry.topic)
      entries[view.topicAlias]?.place = place
    }
    view.topicStart = place
    view.topicSize = UInt16(entry.topic.count)
    return true
  }
}
