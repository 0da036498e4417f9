import MQTT
import Payloads
import Terminal

/// One thing to know about a draft before it is sent, as a sentence beside its field.
struct DraftCheck: Equatable, Sendable {
  enum Weight: Int, CaseIterable, Comparable, Sendable {
    /// Worth knowing.
    case note
    /// Allowed, and perhaps not what was meant.
    case warning
    /// Still to be filled in.
    case missing
    /// Cannot be sent.
    case problem

    static func < (one: Weight, other: Weight) -> Bool { one.rawValue < other.rawValue }
  }

  var field: FormField
  var weight: Weight
  var sentence: String

  /// Whether the draft cannot be sent as it is.
  var preventsSending: Bool { weight >= .missing }

  /// Why a topic cannot be published to, if it cannot.
  static func problem(ofTopic topic: String, in field: FormField) -> DraftCheck? {
    do {
      try TopicName.validate(topic)
      return nil
    } catch {
      return DraftCheck(field: field, weight: error == .empty ? .missing : .problem, sentence: error.description)
    }
  }
}

extension PublishDraft {
  /// Everything to say about the draft, the heaviest first, in the order of the fields.
  ///
  /// - Parameter unreadSize: The size of a payload that is too long to be looked at on each key, and was left out of
  ///   this draft; it is checked when it is sent.
  func checks(under terms: PublishTerms, unreadSize: Int? = nil) -> [DraftCheck] {
    var checks = topicChecks()
    checks += termsChecks(terms, size: unreadSize ?? payload.utf8.count)
    if unreadSize == nil {
      checks += payloadChecks()
    } else if input != .text {
      let sentence = "A payload of this size is checked when it is sent."
      checks.append(DraftCheck(field: .payload, weight: .note, sentence: sentence))
    }
    if terms.version == .v5 { checks += optionChecks() }
    // A stable order: equal weights stay in the order of the fields.
    return DraftCheck.Weight.allCases.reversed().flatMap { weight in checks.filter { $0.weight == weight } }
  }

  /// The topic, cut in the middle when it would fill the screen: a topic may have 65,535 bytes.
  var topicInSentence: String { TextWidth.clip(topic, to: 160, keeping: .middle) }

  private func topicChecks() -> [DraftCheck] {
    if let problem = DraftCheck.problem(ofTopic: topic, in: .topic) { return [problem] }
    func check(_ weight: DraftCheck.Weight, _ sentence: String) -> [DraftCheck] {
      [DraftCheck(field: .topic, weight: weight, sentence: sentence)]
    }
    if topic.utf8.first == UInt8(ascii: "$") {
      // [MQTT-4.7.2-1]
      return check(
        .warning, "Topics that begin with $ belong to the broker, which may refuse this; “#” does not show it.")
    }
    if topic.utf8.first == UInt8(ascii: " ") || topic.utf8.last == UInt8(ascii: " ") {
      return check(.warning, "The topic begins or ends with a space: the space is part of it.")
    }
    let slash = UInt8(ascii: "/")
    if topic.utf8.first == slash { return check(.note, "The topic begins with “/”: its first level is empty.") }
    if topic.utf8.last == slash { return check(.note, "The topic ends with “/”: its last level is empty.") }
    return []
  }

  private func termsChecks(_ terms: PublishTerms, size: Int) -> [DraftCheck] {
    var checks: [DraftCheck] = []
    if terms.maximumQoS < .exactlyOnce {
      checks.append(
        DraftCheck(
          field: .qos, weight: qos > terms.maximumQoS ? .problem : .note,  // [MQTT-3.2.2-11]
          sentence: "This broker takes QoS \(terms.maximumQoS.rawValue) at most."))
    }
    if !terms.isRetainAvailable {
      checks.append(
        DraftCheck(
          field: .retain, weight: isRetained ? .problem : .note,  // [MQTT-3.2.2-14]
          sentence: "This broker does not keep retained messages\(isRetained ? ": turn retain off." : ".")"))
    }
    if let limit = terms.maximumPacketSize, input == .text || input == .json, topic.utf8.count + size > limit {
      // [MQTT-3.2.2-15]
      let sentence = "This broker takes packets of \(Format.count(limit)) bytes at most."
      checks.append(DraftCheck(field: .payload, weight: .problem, sentence: sentence))
    }
    return checks
  }

  private func payloadChecks() -> [DraftCheck] {
    func check(_ weight: DraftCheck.Weight, _ sentence: String) -> [DraftCheck] {
      [DraftCheck(field: .payload, weight: weight, sentence: sentence)]
    }
    do {
      guard let bytes = try bytes() else {
        return payload.isEmpty ? check(.missing, "Which file? Give its path.") : []
      }
      guard bytes.isEmpty else { return [] }
      return isRetained && !topic.isEmpty
        ? check(.warning, "This deletes the retained value of \(topicInSentence).")
        : check(.note, "The payload is empty.")
    } catch {
      return check(.problem, error.description)
    }
  }

  private func optionChecks() -> [DraftCheck] {
    do {
      _ = try options.properties()
    } catch {
      return [DraftCheck(field: error.field, weight: .problem, sentence: error.description)]
    }
    guard options.isPayloadText, input == .hex || input == .base64,
      case .success(let bytes?) = Result(catching: { () throws(InputError) in try bytes() }),
      String(validating: bytes, as: UTF8.self) == nil
    else { return [] }
    let sentence = "The payload is said to be UTF-8 text, and it is not."
    return [DraftCheck(field: .payloadFormat, weight: .problem, sentence: sentence)]
  }
}
