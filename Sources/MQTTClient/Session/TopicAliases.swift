import MQTT
import NIOCore

/// The topics that the broker gave numbers to, for one connection [MQTT-3.3.2-7].
struct TopicAliases: Equatable, Sendable {
  private struct Entry: Equatable {
    var topic: [UInt8]
    /// Where the topic is, in the buffer of this number.
    var place: UInt32
    var buffer: UInt
  }

  private var entries: [UInt16: Entry] = [:]
  /// Counts buffers, since a place in one of them says nothing about the next.
  private var buffer: UInt = 0

  /// Places are those of another buffer from now on.
  mutating func startBuffer() { buffer &+= 1 }

  /// Learns the alias of a message, or gives the message the topic its alias stands for; false if it stands for none.
  ///
  /// The topic is written behind the bytes that were read, once for each alias and buffer, so that a view can point at it.
  mutating func resolve(_ view: inout PublishView, in bytes: inout ByteBuffer) -> Bool {
    if view.topicSize > 0 {
      let start = bytes.readerIndex + view.topic.lowerBound
      guard let topic = bytes.getBytes(at: start, length: view.topic.count) else { return false }
      entries[view.topicAlias] = Entry(topic: topic, place: view.topicStart, buffer: buffer)
      return true
    }
    guard var entry = entries[view.topicAlias] else { return false }
    if entry.buffer != buffer {
      (entry.place, entry.buffer) = (UInt32(bytes.readableBytes), buffer)
      bytes.writeBytes(entry.topic)
      entries[view.topicAlias] = entry
    }
    view.topicStart = entry.place
    view.topicSize = UInt16(entry.topic.count)
    return true
  }
}
