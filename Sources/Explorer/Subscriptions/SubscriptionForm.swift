import MQTT
import Terminal

/// A subscription as it is being written: a new one, or other options of one that stands.
struct SubscriptionForm: Equatable {
  /// The fields, in the order of Tab.
  enum Field: Int, CaseIterable {
    case filter, qos, noLocal, retainAsPublished, retainHandling, identifier

    var label: String {
      switch self {
      case .filter: "Filter"
      case .qos: "QoS at most"
      case .noLocal: "No Local"
      case .retainAsPublished: "As published"
      case .retainHandling: "Retained"
      case .identifier: "Identifier"
      }
    }
  }

  /// What a key asks of the view.
  enum Outcome: Equatable {
    case none, cancel, send
  }

  var filter = TextEditor(isSingleLine: true)
  var identifier = TextEditor(isSingleLine: true)
  private(set) var qos = QoS.atMostOnce
  private(set) var noLocal = false
  /// On by default, so that what is shown as retained is what the broker said.
  private(set) var retainAsPublished = true
  private(set) var retainHandling = Subscription.RetainHandling.send
  private(set) var focus = Field.filter
  /// It changes a subscription of this filter, which therefore stays.
  let isChange: Bool
  /// The filter is a suggestion, which what is typed first takes the place of.
  private var isSuggested = false

  init(filter: String) {
    self.filter.set(filter)
    isChange = false
    isSuggested = true
  }

  init(changing subscribed: ConnectionStatus.Subscribed) {
    let subscription = subscribed.subscription
    filter.set(subscription.filter)
    qos = subscription.qos
    noLocal = subscription.noLocal
    retainAsPublished = subscription.retainAsPublished
    retainHandling = subscription.retainHandling
    identifier.set(subscribed.identifier.map { "\($0)" } ?? "")
    isChange = true
    focus = .qos
  }

  /// What is written; nil for an identifier that is no number from 1 to 268,435,455.
  var subscription: (Subscription, identifier: UInt32?)? {
    let subscription = Subscription(
      filter: filter.text, qos: qos, noLocal: noLocal, retainAsPublished: retainAsPublished,
      retainHandling: retainHandling)
    guard !identifier.isEmpty else { return (subscription, nil) }
    guard let number = UInt32(identifier.text), (1...268_435_455).contains(number) else { return nil }
    return (subscription, number)
  }

  mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .escape: return .cancel
    case .enter, .control("s"), .function(2): return .send
    case .tab, .down: step(by: 1)
    case .backTab, .up: step(by: -1)
    case .control("t"): qos = QoS(rawValue: (qos.rawValue + 1) % 3) ?? .atMostOnce
    default: change(key)
    }
    return .none
  }

  private mutating func step(by count: Int) {
    let fields = isChange ? Field.allCases.filter { $0 != .filter } : Field.allCases
    focus = fields.stepped(from: focus, by: count)
  }

  private mutating func change(_ key: Key) {
    let step = key == .left ? -1 : key == .right || key == .character(" ") ? 1 : 0
    switch focus {
    case .filter: changeFilter(key)
    case .identifier: _ = identifier.handle(key, page: 1)
    case .qos: qos = QoS(rawValue: UInt8(digit(key) ?? (Int(qos.rawValue) + step + 3) % 3)) ?? qos
    case .noLocal: if step != 0 { noLocal.toggle() }
    case .retainAsPublished: if step != 0 { retainAsPublished.toggle() }
    case .retainHandling:
      retainHandling =
        Subscription.RetainHandling(rawValue: UInt8(digit(key) ?? (Int(retainHandling.rawValue) + step + 3) % 3))
        ?? retainHandling
    }
  }

  private mutating func changeFilter(_ key: Key) {
    switch key {
    case .character, .paste: if isSuggested { filter.set("") }
    default: break
    }
    isSuggested = false
    _ = filter.handle(key, page: 1)
  }

  private func digit(_ key: Key) -> Int? {
    guard case .character(let character) = key, let number = character.wholeNumberValue, (0...2).contains(number)
    else { return nil }
    return number
  }
}
