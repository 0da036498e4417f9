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
    let column = point.column - rect.column
    switch field {
    case .qos: qos = QoS(rawValue: UInt8(clamping: column / 2)) ?? .exactlyOnce
    case .retain: isRetained.toggle()
    case .payloadFormat: isPayloadText = column > 8
    case .input: input = Self.input(at: column)
    default: self[field].move(to: point, in: rect)
    }
  }

  /// The names are drawn with one column between them.
  private static func input(at column: Int) -> PayloadInput {
    var end = 0
    for input in PayloadInput.allCases {
      end += input.name.count + 1
      if column <= end { return input }
    }
    return .file
  }
}
