import MQTT
import Terminal

/// The mouse: a click goes to a field and chooses there, the wheel moves the cursor of what has the keys.
extension PublishForm {
  mutating func handle(_ event: MouseEvent) {
    switch (event.action, overlay) {
    case (.wheelUp, .past(var list)):
      list.move(by: -3)
      overlay = .past(list)
    case (.wheelDown, .past(var list)):
      list.move(by: 3)
      overlay = .past(list)
    case (_, .past): break
    case (.wheelUp, _) where focus.hasLines: self[focus].move(lines: -3)
    case (.wheelDown, _) where focus.hasLines: self[focus].move(lines: 3)
    case (.press(.left), _): click(at: event.point)
    default: break
    }
  }

  private mutating func click(at point: Point) {
    let layout = FormLayout(self, in: area)
    overlay = .none
    guard let (field, rect) = layout.inputs.first(where: { $0.value.contains(point) }) else { return }
    focus = field
    func chosen(of names: [String]) -> Int {
      ChoiceRow(names, columns: rect.columns).index(at: point.column - rect.column)
    }
    switch field {
    case .qos: qos = QoS(rawValue: UInt8(clamping: chosen(of: Self.qosNames))) ?? .exactlyOnce
    case .retain: isRetained.toggle()
    case .payloadFormat: isPayloadText = chosen(of: Self.payloadNames) == 1
    case .input: input = PayloadInput.allCases[chosen(of: Self.inputNames)]
    default: self[field].move(to: point, in: rect)
    }
  }

  /// What is chosen from, as it is drawn.
  static let qosNames = ["0", "1", "2"]
  static let inputNames = PayloadInput.allCases.map(\.name)
  static let payloadNames = ["not said", "UTF-8 text"]
}
