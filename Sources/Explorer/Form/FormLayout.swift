import MQTT
import Terminal

/// Where everything of the publish form is, as a function of the form and its rectangle.
///
/// From the top: topic, choices (in one row where they fit), payload, properties, checks, outcomes; the keys are in
/// the lower border. What is scarce goes first: the payload takes the rows that are left, and where there are too few
/// for the properties too, they take its place while one of them has the keys.
struct FormLayout: Equatable {
  /// The fields that are shown, with the rectangle of what is typed or chosen.
  private(set) var inputs: [FormField: Rect] = [:]
  /// The column where labels begin, and how many they have.
  private(set) var labels = Rect(column: 0, row: 0, columns: 0, rows: 0)
  private(set) var checks = Rect(column: 0, row: 0, columns: 0, rows: 0)
  private(set) var outcomes = Rect(column: 0, row: 0, columns: 0, rows: 0)
  /// One row that speaks of the properties where they are not shown.
  private(set) var note = Rect(column: 0, row: 0, columns: 0, rows: 0)
  let isNarrow: Bool

  private static let propertyFields = FormField.allCases.filter(\.isProperty)

  init(_ form: PublishForm, in rect: Rect) {
    let inside = rect.inset(columns: 2, rows: 1)
    isNarrow = inside.columns < 76
    labels = Rect(column: inside.column, row: inside.row, columns: isNarrow ? 8 : 16, rows: inside.rows)
    var rest = inside
    func take(_ rows: Int) -> Rect {
      let (top, bottom) = rest.split(rows: rows)
      rest = bottom
      return top
    }
    func takeBottom(_ rows: Int) -> Rect {
      let (top, bottom) = rest.split(rows: -min(rows, rest.rows))
      rest = top
      return rows == 0 ? Rect(column: 0, row: 0, columns: 0, rows: 0) : bottom
    }
    inputs[.topic] = besideLabel(take(1))
    placeChoices { take(1) }
    let isTall = inside.rows >= 16
    outcomes = takeBottom(inside.rows >= 30 ? 5 : isTall ? 3 : 1)
    checks = takeBottom(inside.rows >= 8 ? 2 : 1)
    if isTall {
      _ = take(1)
      _ = takeBottom(1)
    }
    placeTexts(form, rest)
  }

  private mutating func placeTexts(_ form: PublishForm, _ area: Rect) {
    guard form.terms.version == .v5 else {
      let hasNote = area.rows >= 5
      inputs[.payload] = besideLabel(hasNote ? area.split(rows: -1).top : area)
      if hasNote { note = area.split(rows: -1).bottom }
      return
    }
    let wanted = Self.propertyFields.count + 1
    if area.rows >= wanted + 5 {
      let lines = area.rows >= wanted + 12 ? 4 : 2
      let (top, bottom) = area.split(rows: -(Self.propertyFields.count - 1 + lines))
      inputs[.payload] = besideLabel(top.split(rows: -1).top)
      placeProperties(bottom, focus: form.focus)
    } else if form.focus.isProperty {
      placeProperties(area, focus: form.focus)
    } else {
      let hasNote = area.rows >= 4
      inputs[.payload] = besideLabel(hasNote ? area.split(rows: -1).top : area)
      if hasNote { note = area.split(rows: -1).bottom }
    }
  }

  /// One row for each property and what is left for the last; where they do not all fit, those around the focus.
  private mutating func placeProperties(_ area: Rect, focus: FormField) {
    let fields = Self.propertyFields
    let focused = fields.firstIndex(of: focus) ?? 0
    let first = max(0, min(focused - area.rows + 1, fields.count - area.rows))
    for (row, field) in fields.dropFirst(first).prefix(area.rows).enumerated() {
      let isLast = field == fields.last
      inputs[field] = besideLabel(isLast ? area.split(rows: row).bottom : area.line(row))
    }
  }

  private mutating func placeChoices(_ row: () -> Rect) {
    let line = row()
    let place = besideLabel(line)
    inputs[.qos] = place.split(columns: 9).left
    guard isNarrow else {
      inputs[.retain] = Rect(column: place.column + 17, row: line.row, columns: 3, rows: line.rows)
      inputs[.input] = Rect(
        column: place.column + 29, row: line.row, columns: min(place.columns - 29, 31), rows: line.rows)
      return
    }
    inputs[.retain] = Rect(column: place.column + 19, row: line.row, columns: 3, rows: line.rows)
    inputs[.input] = besideLabel(row()).split(columns: 31).left
  }

  private func besideLabel(_ line: Rect) -> Rect {
    line.split(columns: labels.columns).right
  }
}
