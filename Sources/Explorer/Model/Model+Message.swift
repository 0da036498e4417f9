import MQTT
import Terminal
import TopicStore

/// What can be done with the message that is looked at.
extension Model {
  /// The message under the eyes: the shown one, or the lit line of the stream.
  private var current: MessageInfo? {
    showsStream ? stream.selected : message.info
  }

  mutating func openForm() {
    if let selected = tree.selected {
      form.offer(topic: String(decoding: store.path(of: selected), as: UTF8.self), hasValue: !showsStream)
    }
    layer = .form
  }

  mutating func publishAgain() {
    guard let info = current, let payload = wholePayload(of: info) else { return }
    let topic = String(decoding: store.path(of: info.topic), as: UTF8.self)
    form.fill(
      PublishDraft(
        topic: topic, payload: payload, qos: QoS(rawValue: info.flags.qos) ?? .atMostOnce,
        isRetained: info.flags.contains(.retain), properties: message.info == info ? message.properties : []))
    layer = .form
  }

  mutating func copyPayload() -> [Effect] {
    guard let info = current, let payload = wholePayload(of: info) else { return [] }
    guard payload.count <= NcursesScreen.clipboardLimit else {
      let limit = Format.size(NcursesScreen.clipboardLimit)
      say(.warning, "\(Format.size(payload.count)) is more than terminals take (\(limit)); e opens it in $PAGER.")
      return []
    }
    say(.success, "Copied the payload, \(Format.size(payload.count)).")
    return [.copy(payload)]
  }

  mutating func copyTopic() -> [Effect] {
    guard let topic = showsStream ? tree.selected : current?.topic ?? tree.selected else { return [] }
    say(.success, "Copied the topic.")
    return [.copy(store.path(of: topic))]
  }

  mutating func page() -> [Effect] {
    guard let info = current, let payload = wholePayload(of: info) else { return [] }
    return [.page(payload)]
  }

  /// Takes the file that the publish form asked for.
  mutating func finishReading(_ file: Result<[UInt8], FileError>) -> [Effect] {
    form.publish.finishSending(file).map(Effect.form)
  }

  /// The payload, or a sentence that says why there is none.
  private mutating func wholePayload(of info: MessageInfo) -> [UInt8]? {
    guard let payload = store.payload(of: info.id) else {
      say(.warning, "This message had to make room for newer ones; --memory sets how much is kept.")
      return nil
    }
    guard !info.isTruncated else {
      say(.warning, "Only the first \(Format.size(payload.count)) of this payload are kept; --memory sets how much.")
      return nil
    }
    return payload
  }
}
