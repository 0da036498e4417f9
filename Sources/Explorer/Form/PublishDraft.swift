import MQTT
import MQTTClient
import NIOCore
import Payloads

/// A message as it is being written: every field as typed, right or wrong.
struct PublishDraft: Equatable, Codable, Sendable {
  var topic = ""
  /// The text of the payload in the notation of `input`, or the path of a file.
  var payload = ""
  var input = PayloadInput.text
  var qos = QoS.atMostOnce
  var isRetained = false
  var options = PublishOptions()
}

/// The MQTT 5 properties of a draft as typed; an empty field is not sent.
struct PublishOptions: Equatable, Codable, Sendable {
  var contentType = ""
  var responseTopic = ""
  /// Text, or bytes as hexadecimal digits after `0x`.
  var correlation = ""
  /// Seconds, or a number with `s`, `m`, `h` or `d`.
  var expiry = ""
  var isPayloadText = false
  /// A line `name=value` for each.
  var userProperties = ""
}

extension QoS: Codable {}

extension PublishDraft {
  /// A draft of a message that was seen, exact to the byte: binary payloads and texts that the editor would change
  /// are given in hex.
  init(topic: String, payload: [UInt8], qos: QoS, isRetained: Bool, properties: Properties = []) {
    self.topic = topic
    self.qos = qos
    self.isRetained = isRetained
    options = PublishOptions(properties)
    if let text = String(validating: payload, as: UTF8.self) {
      self.payload = text
      let first = text.utf8.first { $0 > 0x20 }
      let looksLikeJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
      input = looksLikeJSON && JSONText.check(payload) == nil ? .json : .text
    } else {
      self.payload = Format.hexadecimal(payload, bytesPerLine: 16)
      input = .hex
    }
  }

  /// The bytes of a typed payload: nothing typed is an empty payload in every notation. Nil for a file.
  func bytes() throws(InputError) -> [UInt8]? {
    guard let format = input.format else { return nil }
    return payload.isEmpty ? [] : try format.encode(payload)
  }

  /// The message to send, from a payload that was encoded or read from its file.
  func message(payload: [UInt8], version: ProtocolVersion) throws(OptionError) -> Message {
    Message(
      topic: topic, payload: ByteBuffer(bytes: payload), qos: qos, isRetained: isRetained,
      properties: version == .v5 ? try options.properties() : [])
  }
}
