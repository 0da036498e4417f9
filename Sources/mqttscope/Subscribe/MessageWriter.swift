import MQTT
import MQTTClient
import NIOCore
import Terminal

/// Turns messages into bytes for standard output.
struct MessageWriter {
  let format: OutputFormat

  /// What every line of JSON begins with.
  static let beginningOfLine = Array(#"{"time":""#.utf8)

  /// Adds a message of a batch to `output`.
  /// - Parameter number: which message of its session it is, if they are counted.
  func write(
    _ view: PublishView, of batch: MessageBatch, number: UInt64? = nil, to output: inout [UInt8]
  ) throws(Failure) {
    let payload = batch.bytes(view.payload)
    switch format {
    case .raw: output += payload
    case .text:
      Self.append(batch.bytes(view.topic), to: &output)
      output.append(UInt8(ascii: " "))
      Self.append(payload, to: &output)
      output.append(UInt8(ascii: "\n"))
    case .json:
      var line = JSONObject()
      line.add("time", string: Timestamp.text(nanoseconds: batch.receivedAt))
      line.add("topic", bytes: batch.bytes(view.topic))
      line.add("qos", literal: "\(view.qos.rawValue)")
      line.add("retain", literal: "\(view.isRetained)")
      line.add("dup", literal: "\(view.isDuplicate)")
      if let number { line.add("number", literal: "\(number)") }
      line.add("payload", bytes: payload)
      if !view.properties.isEmpty {
        line.add("properties", object: Self.object(try properties(of: view, in: batch)))
      }
      output += line.closed
      output.append(UInt8(ascii: "\n"))
    }
  }

  /// Adds text with its controls made visible; bytes that are not UTF-8 are said to be there and left out.
  static func append(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    if bytes.allSatisfy({ (0x20...0x7e).contains($0) }) {
      output += bytes
    } else if let text = String(validating: bytes, as: UTF8.self) {
      output += Sanitiser.visible(text).utf8
    } else {
      output += "<\(bytes.count) bytes that are not UTF-8>".utf8
    }
  }

  private func properties(of view: PublishView, in batch: MessageBatch) throws(Failure) -> Properties {
    do {
      return try Publish(view, in: batch.buffer, version: batch.version).properties
    } catch {
      throw .failed("A message cannot be read: \(error)")
    }
  }

  private static func object(_ properties: Properties) -> JSONObject {
    var object = JSONObject()
    if let format = properties.payloadFormatIndicator {
      object.add("payload_format_indicator", literal: "\(format.rawValue)")
    }
    if let seconds = properties.messageExpiryInterval { object.add("message_expiry_interval", literal: "\(seconds)") }
    if let type = properties.contentType { object.add("content_type", string: type) }
    if let topic = properties.responseTopic { object.add("response_topic", string: topic) }
    if let data = properties.correlationData { object.add("correlation_data", bytes: data[...]) }
    let identifiers = properties.subscriptionIdentifiers
    if !identifiers.isEmpty { object.add("subscription_identifiers", literal: "\(identifiers)") }
    let pairs = properties.userProperties.map { "[\(JSONObject.quoted($0.name)),\(JSONObject.quoted($0.value))]" }
    if !pairs.isEmpty { object.add("user_properties", literal: "[\(pairs.joined(separator: ","))]") }
    return object
  }
}

extension MessageBatch {
  /// The bytes at a place of a view.
  fileprivate func bytes(_ place: Range<Int>) -> ArraySlice<UInt8> {
    (buffer.getBytes(at: buffer.readerIndex + place.lowerBound, length: place.count) ?? [])[...]
  }
}
