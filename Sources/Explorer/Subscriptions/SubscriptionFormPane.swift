import MQTT
import MQTTClient
import Terminal

/// The form for one subscription on the screen; what cannot be chosen is dim, with the reason.
struct SubscriptionFormPane {
  static let rows = 10

  let form: SubscriptionForm
  let connection: ConnectionStatus
  let problem: String?

  private static let labelColumns = 15

  func draw(into frame: inout Frame, in place: Rect) {
    frame.write(String(repeating: "─", count: place.columns), at: place.origin, in: place, Style(.border, on: .panel))
    let title = form.isChange ? " Change a subscription " : " Subscribe "
    frame.write(title, at: Point(column: place.column + 1, row: place.row), in: place, Style(.title, on: .panel))
    for field in SubscriptionForm.Field.allCases {
      draw(field, into: &frame, in: place.line(field.rawValue + 1))
    }
    let (words, role) = sentence
    frame.writeParagraph(words, in: place.split(rows: 7).bottom, Style(role, on: .panel))
  }

  private func draw(_ field: SubscriptionForm.Field, into frame: inout Frame, in line: Rect) {
    let isFocused = field == form.focus
    let (label, rest) = line.split(columns: Self.labelColumns)
    let why = unavailable(field)
    let style = Style(why == nil ? .label : .dim, on: .panel, isFocused ? .bold : [])
    frame.write(field.label, at: label.origin, in: label, style)
    if let why { return drawUnavailable(why, isFocused: isFocused, into: &frame, in: rest) }
    switch field {
    case .filter where form.isChange:
      frame.write(form.filter.text, at: rest.origin, in: rest, Style(.topic, on: .panel))
    case .filter: form.filter.draw(into: &frame, in: rest, isFocused: isFocused, placeholder: "such as home/#")
    case .identifier:
      form.identifier.draw(
        into: &frame, in: rest.split(columns: 12).left, isFocused: isFocused, placeholder: "none")
    case .qos: draw(["0", "1", "2"], Int(form.qos.rawValue), isFocused: isFocused, into: &frame, in: rest)
    case .noLocal: draw(form.noLocal, isFocused: isFocused, into: &frame, in: rest)
    case .retainAsPublished: draw(form.retainAsPublished, isFocused: isFocused, into: &frame, in: rest)
    case .retainHandling:
      draw(
        ["all at once", "if new", "none"], Int(form.retainHandling.rawValue), isFocused: isFocused, into: &frame,
        in: rest)
    }
  }

  /// Why a field cannot be used on this connection.
  private func unavailable(_ field: SubscriptionForm.Field) -> String? {
    switch field {
    case .filter, .qos: nil
    case .identifier: SubscriptionAdvice.identifierProblem(connection)
    case .noLocal, .retainAsPublished, .retainHandling: connection.version == .v3_1_1 ? "It needs MQTT 5." : nil
    }
  }

  private func drawUnavailable(_ why: String, isFocused: Bool, into frame: inout Frame, in place: Rect) {
    frame.write("– \(why)", at: place.origin, in: place, Style(.dim, on: .panel))
    if isFocused { frame.cursor = place.origin }
  }

  private func draw(_ isOn: Bool, isFocused: Bool, into frame: inout Frame, in place: Rect) {
    frame.write(
      isOn ? "[x]" : "[ ]", at: place.origin, in: place, Style(.input, on: isFocused ? .fieldFocused : .field))
    if isFocused { frame.cursor = Point(column: place.column + 1, row: place.row) }
  }

  private func draw(_ names: [String], _ chosen: Int, isFocused: Bool, into frame: inout Frame, in place: Rect) {
    let ground: Ground = isFocused ? .fieldFocused : .field
    let row = ChoiceRow(names, columns: place.columns)
    frame.fill(place.split(columns: row.columns).left, Style(.text, on: ground))
    for (index, name) in names.enumerated() {
      let column = place.column + row.column(of: index) - 1
      let words = index == chosen ? "[\(name)]" : " \(name) "
      let style = index == chosen ? Style(.input, on: ground, .bold) : Style(.dim, on: ground)
      frame.write(words, at: Point(column: column, row: place.row), in: place, style)
      if isFocused, index == chosen { frame.cursor = Point(column: column + 1, row: place.row) }
    }
  }

  /// What is wrong, or what the field is for.
  private var sentence: (String, Role) {
    if let problem { return (problem, .danger) }
    if let (subscription, identifier) = form.subscription,
      !subscription.filter.isEmpty,
      let problem = SubscriptionAdvice.problem(with: subscription, identifier: identifier, connection)
    {
      return (problem, .warning)
    }
    switch form.focus {
    case .filter:
      return ("+ stands for one level, # for all that follow; $share/group/filter shares with others.", .dim)
    case .qos: return ("Messages come with this QoS at most, however they were published.", .dim)
    case .noLocal: return ("What we publish ourselves does not come back to us.", .dim)
    case .retainAsPublished: return ("Messages keep the retain flag they were published with.", .dim)
    case .retainHandling: return ("Whether the broker sends what it has retained when we subscribe.", .dim)
    case .identifier: return ("A number that each message carries, to tell by which subscription it came.", .dim)
    }
  }
}
